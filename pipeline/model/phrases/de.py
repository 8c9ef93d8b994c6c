"""German. Speaks to organisers as “Sie”."""

from collections.abc import Mapping

PHRASES: Mapping[str, str | Mapping[str, str]] = {
    # --- marks and ways to put sentences together ---
    "quoted": "„{text}“",
    "between parts": "; ",
    "sentences": "{sentences:joined}",
    "parts": "{parts:parts}",
    "and more": "{number} weitere",
    "what and advice": "{what:sentence} {advice:sentence}",
    # --- column Status ---
    "status Received": "Eingegangen",
    "status To review": "Zu prüfen",
    "status Ineligible": "Nicht zugelassen",
    "status Offered": "Platz angeboten",
    "status Confirmed": "Bestätigt",
    "status Waiting list": "Warteliste",
    "status Not selected": "Nicht ausgewählt",
    "status Withdrawn": "Zurückgezogen",
    "status Expired": "Verfallen",
    "status No show": "Nicht erschienen",
    "status Cancelled": "Ausgeladen",
    "status On hold": "Zurückgestellt",
    "status Superseded": "Ersetzt",
    "status Check row": "Zeile prüfen",
    "status Erased": "Gelöscht",
    "status Proposed: offer": "Vorschlag: Platz",
    "status Proposed: waiting list": "Vorschlag: Warteliste",
    "status Proposed: not selected": "Vorschlag: nicht ausgewählt",
    # --- column Decision: what its list offers (more spellings are understood: see docs/sheet.md) ---
    "word Invite": "Einladen",
    "word Waiting list": "Warteliste",
    "word Decline": "Ablehnen",
    "word Hold": "Zurückstellen",
    "word Confirmed": "Bestätigt",
    "word Withdrawn": "Zurückgezogen",
    "word Cancel": "Ausladen",
    "word No show": "Nicht erschienen",
    "word Replace by …": "Ersetzen durch …",
    "word Extend to …": "Verlängern bis …",
    "word Invite as …": "Einladen als …",
    "word Address corrected": "Adresse korrigiert",
    "word Eligible": "Zugelassen",
    "word Send again": "Erneut senden",
    "word Delivered": "Zugestellt",
    "word ok": "ok",
    "word Same person": "Dieselbe Person",
    "word Other person": "Andere Person",
    # --- column Last message ---
    "kind invitation": "Einladung",
    "kind waiting_list": "Warteliste",
    "kind not_selected": "Absage",
    "kind place_withdrawn": "Rücknahme der Einladung",
    "kind cancelled": "Absage des Treffens",
    "kind changed": "Hinweis auf Änderung",
    "kind offer_expired": "Angebot verfallen",
    "kind reply_reminder": "Erinnerung an die Antwort",
    "kind confirmed": "Bestätigung",
    "kind withdrawn": "Rückzug vermerkt",
    "kind waiting_list_closed": "Warteliste geschlossen",
    "kind practical_information": "Praktische Hinweise",
    "kind event_reminder": "Erinnerung an das Treffen",
    "kind thanks": "Dank",
    "kind delayed": "Hinweis auf Verzögerung",
    "kind received": "Eingangsbestätigung",
    "message accepted": "{kind}, {time}",
    "message refused": "{kind}: vom Mailserver abgewiesen: {reply}",
    "message in doubt": "{kind}: ungewiss seit {time}, die Nachricht kann angekommen sein",
    "message deferred": "{kind}: vom Mailserver aufgeschoben, es wird erneut versucht",
    "message prepared": "{kind}: noch nicht gesendet",
    # --- column Reason: what the rules find ---
    "answer": "{answer:quoted} auf {header:named}",
    "slip": "{said:quoted} wurde als {meant:quoted} gelesen",
    "slips": "{slips}.",
    "unanswered": "Keine Antwort auf {questions:named}; die Regeln brauchen sie.",
    "unclear": "Nicht eindeutig, ein Mensch muss entscheiden: die Antwort {answers}.",
    "several categories": "Passt in mehrere Kategorien: {titles:named}.",
    "no category": "Zu diesen Antworten passt keine Kategorie: {answers}.",
    "late": "Nach dem Bewerbungsschluss beworben.",
    # --- column Reason: what organisers said ---
    "put in category": "Vom Organisationsteam in diese Kategorie gesetzt.",
    "held": "Vom Organisationsteam zurückgestellt.",
    "decided": "Vom Organisationsteam entschieden: {word:words}.",
    "place passed": "Der Platz von {other} ging durch ein Wort des Organisationsteams an diese Person.",
    "told by hand": "Convene schreibt dazu nichts: Sie sagen es der Person selbst.",
    "place taken back": "Vorher war ein Platz angeboten: Convene schreibt dazu nichts, bitte "
    "schreiben Sie selbst.",
    "answer by": "Zu beantworten bis {on:day}.",
    "told from": "Wird ab dem {on:day} mitgeteilt.",
    "unknown word": "Was bedeutet {word:quoted} unter Decision? Es ist keines von: {words:words}. "
    "Es wurde nichts danach entschieden.",
    "unknown word, near": "Meinten Sie „{near:words}“? Convene kennt {word:quoted} unter Decision "
    "nicht und hat nichts danach entschieden.",
    "misfit": "{question} Durch „{word:words}“ wurde nichts entschieden.",
    "misfit, invited": "Meinen Sie Ausladen? Diese Person wurde eingeladen; Ausladen nimmt das mit "
    "einem eigenen Brief zurück. Tippen Sie Zurückgezogen, wenn die Person nicht kommt, oder "
    "„{word:words}, ohne Mail“, wenn Sie es ihr selbst gesagt haben.",
    "misfit, no invitation": "Meinen Sie Ablehnen? Es gibt keine Einladung, die zurückzunehmen wäre.",
    "misfit, no place": "Ist es die richtige Zeile? Diese Person hat keinen Platz.",
    "misfit, no offer": "Meinen Sie Einladen? Es wird keine Antwort auf ein Angebot erwartet.",
    "misfit, no such day": "Welcher Tag ist gemeint? Er muss in der Zukunft liegen und vor dem "
    "Beginn des Treffens.",
    "misfit, unread day": "Bis zu welchem Tag? Schreiben Sie ihn wie in „Verlängern bis 2023-08-25“.",
    "misfit, earlier": "Welcher Tag ist gemeint? Das Angebot hat einen späteren genannt.",
    "misfit, nobody": "Wer ist gemeint? Niemand mit einer lesbaren Zeile hat diese Referenz oder Adresse.",
    "misfit, several": "Wer ist gemeint? Mehrere Personen haben diese Adresse: Nennen Sie die Referenz.",
    "misfit, has place": "Wer ist gemeint? Diese Person hat schon einen Platz oder hatte einen.",
    "misfit, own word": "Was soll geschehen? In der Zeile der gemeinten Person sagt Decision etwas anderes.",
    "misfit, twice": "Wessen Platz soll weitergehen? Eine andere Zeile nennt dieselbe Person.",
    "misfit, over": "Meinen Sie Bestätigt? Von dieser Person ist vermerkt, dass sie nicht erschienen ist.",
    "misfit, not begun": "Meinen Sie Zurückgezogen? Das Treffen hat noch nicht begonnen.",
    "misfit, no template": "Haben Sie es der Person selbst gesagt? Dann tippen Sie „{word:words}, "
    "ohne Mail“. Convene hat keinen Brief dafür: Unter messages in config/call.yaml steht keiner.",
    "older word": "{word:quoted} steht unter Decision in der Zeile einer älteren Antwort. "
    "Schreiben Sie es in diese Zeile, oder löschen Sie es dort.",
    "nothing to settle": "„{word:words}“ entscheidet nichts: keine Nachricht an diese Person ist ungewiss "
    "oder abgewiesen.",
    "heard before": "„{word:words}“ stand schon da und wird nur einmal befolgt. "
    "Löschen Sie es, und schreiben Sie es nach dem nächsten Lauf neu.",
    "over": "„{word:words}“ wird nicht befolgt: das Treffen hat begonnen. "
    "Schreiben Sie dieser Person selbst, und tippen Sie dann Zugestellt.",
    "reviews": {
        "one": "Wird mitgeteilt, sobald {number} Prüfung erledigt ist, oder nach dem {until:day}.",
        "other": "Wird mitgeteilt, sobald {number} Prüfungen erledigt sind, oder nach dem {until:day}.",
    },
    "settles": "Wird ab {until} befolgt, wenn Sie es bis dahin nicht ändern.",
    "changed since": "Sie haben „{released:status}“ freigegeben; seither gilt: {cause}. "
    "Es wartet wieder auf Sie. Tippen Sie {word}, um es so freizugeben, wie es jetzt ist.",
    "differs conclusion": "das Ergebnis ist ein anderes",
    "differs kind": "ein anderer Brief ist fällig",
    "differs to": "die Adresse ist eine andere",
    "differs sender": "der Brief kommt von einer anderen Adresse",
    "differs target": "Tabelle, Register oder Mailserver sind andere",
    "differs until": "ein Datum im Brief ist verstrichen oder anders",
    "differs revision": "der Brief ist noch einmal fällig",
    "differs words": "der Text des Briefs ist ein anderer",
    "ok before": "„ok“ stand da, bevor dies vorgeschlagen wurde. Tippen Sie {word}, um es freizugeben.",
    "called off": "Wird nicht mitgeteilt: Das Treffen ist abgesagt.",
    "gated": {
        "one": "Wird mitgeteilt, wenn {number} Bewerbung hat, was ihr noch fehlt.",
        "other": "Wird mitgeteilt, wenn {number} Bewerbungen haben, was ihnen noch fehlt.",
    },
    "behind": "Wird mitgeteilt, sobald alle, die vorher kommen, es auch erfahren haben.",
    # --- column Reason: what the applicant answered ---
    "said yes": "Vorher: {status:status}. Hat am {at} im Antwortformular zugesagt.",
    "said no": "Vorher: {status:status}. Hat am {at} im Antwortformular abgesagt.",
    # --- column Reason: what a person is asked about ---
    "applied again": "Hat seit dem {since:day} den Status „{status:status}“ und hat sich erneut beworben.",
    "contradicted": "Hat seit dem {since:day} den Status „{status:status}“, "
    "und die Antworten oder die Regeln sagen jetzt etwas anderes:",
    "begun": "Das Treffen hat begonnen.",
    "turned away": "Ein Platz ist frei, aber Menschen, die sich früher beworben haben, wurde abgesagt.",
    "uncounted": "Ein Platz ist frei, aber die Quoten lassen sich nicht zählen: "
    "Zeilen von Menschen mit einem Platz fehlen oder sind zu prüfen.",
    "frozen": "Es wird kein Platz nach Rang vergeben: Nachrücken anhalten ist im Tab Convene eingeschaltet.",
    "ask": "Tippen Sie in die Spalte Decision, was geschehen soll.",
    "same address": "Hat die Adresse von {other} und einen anderen Namen. "
    "Tippen Sie in die Spalte Decision: Dieselbe Person oder Andere Person, oder was geschehen soll.",
    "same name": "Ist vielleicht {other} mit einer anderen Adresse. "
    "Tippen Sie in die Spalte Decision: Dieselbe Person oder Andere Person, oder was geschehen soll.",
    "whose unclear": "Es ist nicht klar, wer dieselbe Person ist. "
    "Tippen Sie Dieselbe Person: und dahinter die Referenz der anderen Zeile.",
    "waits behind": "Ist vielleicht dieselbe Person wie {others}: wartet auf Ihr Wort.",
    "worse": "Diese Antworten nähmen weg, was die vom {sent:day} geben. Sollen die älteren gelten, löschen Sie "
    "diese Zeile; sonst tippen Sie in die Spalte Decision, was geschehen soll.",
    "too early": "Trägt eine Zeit vom {sent:day}, der Aufruf begann aber am {opens:day}. "
    "Berichtigen Sie den Zeitstempel, oder tippen Sie in die Spalte Decision, was geschehen soll.",
    "in the future": "Trägt eine Zeit, die noch nicht gekommen ist, am {sent:day}. "
    "Berichtigen Sie den Zeitstempel, oder tippen Sie in die Spalte Decision, was geschehen soll.",
    "differing": "In den Spalten {questions:named} stehen verschiedene Antworten. "
    "Lassen Sie die stehen, die gilt, oder tippen Sie in die Spalte Decision, was geschehen soll.",
    "unknown answer": "Welche Antwort ist gemeint: {answers}? Nach ihr werden die Plätze vergeben. Berichtigen Sie "
    "sie, nennen Sie sie unter aliases in config/call.yaml, oder tippen Sie in die Spalte Decision, was geschehen "
    "soll.",
    "team alone": "Niemand sonst hat dieses Team genannt. Berichtigen Sie die Antwort, oder tippen Sie Zugelassen: und "
    "die Kategorie in die Spalte Decision, wenn sonst niemand mitkommt.",
    "team apart": "Kommt mit einem Team, und über {others} daraus entscheidet der Rang nicht. Warten Sie, bis das "
    "geklärt ist, oder tippen Sie bei allen, die ohne sie antreten, Zugelassen: und die Kategorie.",
    "missing answer": "Keine Antwort auf {questions:named}; danach werden die Plätze vergeben. Ergänzen Sie sie, "
    "oder tippen Sie in die Spalte Decision, was geschehen soll.",
    "disagree": "Die Noten in {questions:named} liegen um mehr als {most} auseinander. Berichtigen Sie sie, oder "
    "tippen Sie in die Spalte Decision, was geschehen soll.",
    "not there yet": "Wartet auf {questions:named}: Vorher erfährt niemand, was aus den Plätzen geworden ist.",
    # --- column Reason: what became of the places ---
    "offered": "Ein Platz wird angeboten: {parts:parts}.",
    "rank": "Rang {rank}",
    "rank in tier": "Gruppe {tier}, Rang {rank}",
    "from the list": "von der Warteliste",
    "waiting": "Auf der Warteliste: {taken}; Nummer {position}, wenn ein Platz{limits} frei wird.",
    "waiting, formerly": "Auf der Warteliste: {taken}; Nummer {position}, wenn ein Platz{limits} frei wird.",
    "waiting as a team": "Auf der Warteliste: kommt mit einem Team von {number}, sobald für alle Platz ist.",
    "team followed": "Ein Platz wird angeboten: Das Team von {others} hat seine Plätze als Ganzes bekommen.",
    "for limits": " für {names}",
    "only place": "der einzige Platz{limit} ist vergeben",
    "all places": "alle {number} Plätze{limit} sind vergeben",
    "taken": "{places}",
    "lapsed": "Bis {by} kam keine Antwort: Das Angebot ist verfallen.",
    "lacking": "Hat zugesagt und ist noch nicht bestätigt: Es fehlt, was bei {headers:named} verlangt wird.",
    "too short": "Ein Platz ist frei, aber für eine Antwort bleibt zu wenig Zeit: Fragen Sie diese "
    "Person selbst.",
    "offers closed": "Der letzte Tag für Angebote ist vorbei.",
    "passed over": "Beim freien Platz übergangen: {obstacle:parts}.",
    "passed over on": "Am {on:day} beim freien Platz übergangen: {obstacle:parts}.",
    "obstacle": "{obstacle:parts}",
    "no place, full": "Kein Platz: {obstacle:parts}, und die Warteliste ist voll.",
    "no place, closed": "Kein Platz: {obstacle:parts}, und die Warteliste ist geschlossen.",
    "at least": "{name} (mindestens {bound})",
    "beside": "neben denen, die vorher kommen: {cause}",
    "needed": "nötig für {rules}",
    "needed together": "nötig für {rules} zusammen",
    "needed together of nothing": "kommt neben denen hinzu, die für Mindestzahlen nötig sind",
    "no places": "alle Plätze waren vorher vergeben",
    "taken before": "alle Plätze gehen an die, die vorher kommen",
    "minimum": "würde {rules:or} verhindern",
    "empty": "ließe einen Platz leer",
    "team": "für das ganze Team ist kein Platz",
    "tier": "ließe besseren Gruppen weniger Plätze",
    "wish": "machte die Gruppe weniger ausgewogen als gewünscht",
    "tie": "das Los unter Gleichen fiel anders",
    "unproved": "für mehr reichte die Zeit nicht",
    # --- column Reason: what only explains a row ---
    "newer response": "Eine neuere Antwort derselben Person zählt.",
    "taken over": "Am {on:day} mitgeteilt; ohne den Grund übernommen.",
    "not kept": "Was geantwortet wurde, wird nicht mehr aufbewahrt.",
    # --- what needs a person: where ---
    "row": "Zeile {row}",
    "rows": {
        "one": "{number} Zeile",
        "other": "{number} Zeilen",
    },
    "column of row": "Zeile {row}, Spalte „{header}“",
    "applicant": "Bewerbung {reference}",
    "applicant in row": "{reference} (Zeile {row})",
    "message to applicant": "Bewerbung {reference}, Nachricht „{kind:kind}“",
    "the letters": "die Briefe",
    "the run": "der Lauf",
    "places here": "Plätze",
    "the waiting list": "die Warteliste",
    "mail": "Mail",
    "cell of tab": "Tab Convene, {control:control}",
    "where and what": "{where}: {what}",
    # --- what needs a person: rows ---
    "to review": "zu prüfen",
    "to review: do": "Warum, steht unter Reason. Tippen Sie in die Spalte Decision, was geschehen soll",
    "unknown to Convene": "Convene kennt dieses Wort nicht, es hat nichts entschieden",
    "unknown to Convene: do": "Tippen Sie eines von: {words:words}",
    "unknown, near: do": "Meinten Sie „{near:words}“? Möglich sind: {words:words}",
    "misfit here": "das Wort passt nicht zum Stand der Person, es hat nichts entschieden",
    "misfit here: do": "Die Begründung fragt, was gemeint ist",
    "older row's word": "ein Wort steht in der Zeile einer älteren Antwort derselben Person, es hat nichts "
    "entschieden",
    "older row's word: do": "Schreiben Sie es in diese Zeile, oder löschen Sie es dort",
    "whose word": "es sagt nicht, wer gemeint ist, oder beide haben schon etwas erfahren: es hat nichts "
    "entschieden",
    "whose word: do": "Tippen Sie „{same:words}: “ mit der Referenz der anderen Zeile, oder löschen Sie es",
    "row vanished": "hat den Status „{status:status}“ und keine Zeile mehr",
    "row vanished: do": "Stellen Sie die Zeile wieder her; um den Platz freizugeben, tippen Sie "
    "Zurückgezogen hinein und löschen Sie sie nach dem nächsten Lauf",
    "cell shows fault": "die Zelle zeigt {fault}",
    "cell shows fault: do": "Berichtigen Sie die Zelle; der nächste Lauf liest die Zeile neu",
    "answer too long": "die Antwort hat {length} Zeichen, mehr als {most}",
    "answer too long: do": "Kürzen Sie sie; der nächste Lauf liest die Zeile neu",
    "stamp of odd year": "ein Zeitstempel aus dem Jahr {year}",
    "stamp unreadable": "der Zeitstempel ist nicht lesbar",
    "no stamp": "kein Zeitstempel",
    "stamp: type it": "Tippen Sie Datum und Uhrzeit, wie 2023-07-14 09:30:00",
    "stamp: describe it": "Tippen Sie ihn wie 2023-07-14 09:30:00, oder setzen Sie timestamp_formats in "
    "config/call.yaml (docs/form.md)",
    "format in call": "config/call.yaml, timestamp_formats „{format}“",
    "format idle": "passt zu keinem Zeitstempel in der Tabelle, und manche sind nicht lesbar",
    "format idle: do": "Berichtigen Sie es, oder nehmen Sie es heraus; docs/form.md zeigt, wie man es "
    "schreibt",
    "no address": "keine E-Mail-Adresse",
    "no address: do": "Tippen Sie die Adresse, oder löschen Sie die Zeile",
    "addresses": "mehr als eine E-Mail-Adresse in der Zelle",
    "addresses: do": "Lassen Sie die stehen, an die geschrieben werden soll",
    "bad address": "an diese E-Mail-Adresse kann nichts gesendet werden",
    "bad address: do": "Berichtigen Sie die Adresse",
    "odd letters": "Buchstaben vor dem @, die nur wie gewöhnliche aussehen",
    "odd letters: do": "Tippen Sie die Adresse neu",
    "copy": "dieselbe Antwort steht mehrmals in der Tabelle",
    "copy: do": "Löschen Sie die Kopie",
    "not given": "diese Referenz stammt nicht aus diesem Register",
    "not given: do": "Leeren Sie die Zelle Reference dieser Zeile",
    "stamp taken": "der Zeitstempel gehört zur Antwort einer anderen Person",
    "stamp taken: do": "Machen Sie das Sortieren oder Einfügen rückgängig, oder leeren Sie die Zelle "
    "Reference dieser Zeile",
    "other address": "die Adresse ist nicht die, zu der diese Referenz gehört",
    "other address: do": "Tippen Sie unter Decision Adresse korrigiert, wenn Sie sie berichtigt haben, Andere "
    "Person, wenn hier jemand anders geantwortet hat; oder machen Sie das Sortieren rückgängig",
    "moved word": "die Zellen von Convene gehörten hier zu einer anderen Zeile, und eine Decision kann "
    "mitgewandert sein",
    "moved word: do": "Prüfen Sie, ob die Decision für die Person stimmt, die in dieser Zeile geantwortet "
    "hat; leeren Sie dann die Zelle Reference",
    "bare word": "die Referenz der Person, die hier geantwortet hat, steht in einer anderen Zeile, und "
    "eine Decision kann mitgewandert sein",
    "bare word: do": "Prüfen Sie, ob die Decision in beiden Zeilen stimmt; leeren Sie dann die Zelle "
    "Reference der anderen",
    "spoilt": "erst ist eine andere Zeile derselben Adresse zu prüfen",
    "spoilt: do": "Bringen Sie jene Zeile in Ordnung",
    "nothing held": "Gelöscht: Convene hat von dieser Person nichts mehr",
    "nothing held: do": "Löschen Sie die Zeile",
    "erased before": "Jemand mit dieser Adresse wurde gelöscht",
    "erased before: do": "Ist das eine neue Bewerbung, tippen Sie ein Wort unter Decision; sonst löschen "
    "Sie die Zeile",
    "flood": "auf einmal haben sich mehr beworben, als limits.messages_per_run erlaubt ({most}): nichts "
    "wird entschieden, und niemand wird angeschrieben",
    "crowd": "aus einem Postfach haben sich mehr beworben, als limits.applicants_per_mailbox erlaubt "
    "({most}): nichts wird entschieden, und niemand wird angeschrieben",
    "crowd: do": "Löschen Sie die Zeilen, die keine Bewerbungen sind, tippen Sie ein Wort unter Decision"
    "⟦, oder lassen Sie alle zu: `convene run --newcomers`⟧",
    # --- what needs a person: letters, answers and places ---
    "lacking yes": "hat zugesagt, und was dafür verlangt wird, fehlt (offers.confirm_requires)",
    "unanswered offer": "ein Platz wurde angeboten, und bis zum {until} kam keine Antwort",
    "unanswered offer: do": "Fragen Sie die Person; tippen Sie dann Bestätigt oder Zurückgezogen in die "
    "Spalte Decision",
    "quota missed": "{rule} hat {count}, mindestens {bound} waren gewünscht",
    "quota missed: do": "Eine bessere Auswahl ist nicht mehr möglich. Laden Sie jemanden durch ein Wort unter "
    "Decision ein, oder senken Sie die Zahl",
    "probably one": "unter „{header}“ wohl dasselbe: {names:named}. Jedes zählt für sich, und zusammen wären es mehr "
    "als {most}",
    "probably one team": "unter „{header}“ wohl ein und dasselbe Team: {names:named}. Jedes gilt als eigenes",
    "probably one: do": "Ist es dasselbe, nennen Sie die anderen als aliases unter columns in config/call.yaml; "
    "sonst kennzeichnen Sie dies als gesehen",
    "line of call": "config/call.yaml:{line}",
    "rule idle": "niemand hat auf {header:quoted} mit {answers:named} geantwortet: Die Regel zählt niemanden",
    "rule idle, where": "{title:quoted} trifft auf niemanden zu: Die Regel zählt niemanden",
    "rank idle": "keine Antwort zu {headers:named} ist eine Zahl oder ein Tag: Der Rang ordnet niemanden",
    "rule idle: do": "Berichtigen Sie dort die Regel, oder kennzeichnen Sie dies als gesehen",
    "answers awaited": {
        "one": "niemand erfährt etwas über die Plätze: {number} Bewerbung wartet auf eine Antwort zu {headers:named}",
        "other": "niemand erfährt etwas über die Plätze: {number} Bewerbungen warten auf eine Antwort zu "
        "{headers:named}",
    },
    "answers awaited: do": "Tragen Sie ein, was fehlt, oder tippen Sie in die Spalte Decision, was geschehen soll",
    "over capacity": "{filled} haben einen Platz, und es gibt {capacity}",
    "over capacity: do": "Niemand, der eingeladen ist, wird verdrängt. Erhöhen Sie places.capacity in "
    "config/call.yaml, oder fragen Sie, wer zurücktritt",
    "torn team": "das Team von {here} hat Plätze, und {gone} daraus hat abgesagt",
    "torn team: do": "Nichts wird zurückgenommen. Entscheiden Sie, ob die anderen trotzdem kommen; dann haken Sie es "
    "ab",
    "team too large": "das Team von {team} ist größer, als {rules} zulässt",
    "team too large: do": "Solange das so ist, wartet es. Erhöhen Sie die Zahl in "
    "config/call.yaml, oder entscheiden Sie in der Spalte Decision",
    "the call": "die Ausschreibung",
    "value differs": "{name:quoted} ist jetzt {now:quoted} und war {was:quoted}",
    "value gone": "{name:quoted} gibt es nicht mehr und war {was:quoted}",
    "meeting cancelled": "das Treffen ist abgesagt",
    "meeting goes on": "das Treffen findet nun doch statt",
    "told otherwise": "{difference}; anders mitgeteilt: {who}",
    "told otherwise: do": "Geben Sie die Briefe „{kind:kind}“ frei, oder ändern Sie es zurück. Bis dahin, oder bis Sie "
    "dies als gesehen markieren, bekommen diese Personen keine Erinnerung und dergleichen",
    "meeting cancelled: do": "Geben Sie die Briefe „{kind:kind}“ frei. Solange das Treffen abgesagt ist, geht nichts "
    "anderes hinaus",
    "no such letter: do": "Schreiben Sie diesen Personen selbst, oder nennen Sie in config/call.yaml unter messages "
    "eine Vorlage für {kind}",
    "choice not proved": "die Auswahl ist nicht bewiesen ({method})",
    "choice not proved: do": "Geben Sie mit places.time_limit in config/call.yaml mehr Sekunden",
    "method fallback": "das Zeitlimit war erreicht",
    "method doubtful": "die Antwort des Rechenprogramms stimmte nicht",
    "one of groups": "{names:or}",
    "answered group": "{question} {answers:named_or}",
    "titled group": "{title}, {name}",
    "another answer": "eine andere Antwort auf {question:named}",
    "everybody but": "alle außer {names}",
    "not sent": "nicht gesendet, weil {why}",
    "not sent: do": "Der nächste Lauf entscheidet neu und schreibt eine andere",
    "letter unwritable": "die Nachricht „{kind:kind}“ lässt sich mit diesen Antworten nicht schreiben",
    "letter unwritable: do": "⟦Rufen Sie `convene check` auf; ⟧berichtigen Sie die Antwort oder die Vorlage",
    "letter refused": "sie wurde abgewiesen",
    "letter refused with": "sie wurde abgewiesen: {reply}",
    "letter refused: do": "Beheben Sie die Ursache und tippen Sie dann Erneut senden unter Decision; oder "
    "erreichen Sie die Person anders und tippen Sie dann Zugestellt; auch Zurückgezogen beendet diesen "
    "Hinweis",
    "copies of kind": "Kopien von „{kind:kind}“ für die Organisation",
    "copies lost": {
        "one": "eine wurde abgewiesen, oder die Antwort ging verloren ({reply})",
        "other": "{number} wurden abgewiesen, oder die Antworten gingen verloren ({reply})",
    },
    "copies lost: do": "Prüfen Sie `copy_to` in config/call.yaml; sie werden nicht noch einmal gesendet, also "
    "kreuzen Sie dies als gesehen an",
    "letter in doubt": "sie kann angekommen sein, die Antwort des Servers ging verloren",
    "letter in doubt: do": "Fragen Sie die Person, oder sehen Sie ins Protokoll des Mailservers; tippen "
    "Sie dann Zugestellt oder Erneut senden unter Decision",
    "overtaking": "erführe es vor anderen, die vorher kommen",
    "overtaking: do": "Lassen Sie für alle laufen, ohne --only",
    "decisions put off": {
        "one": "{number} Entscheidung aufgeschoben: jemandem, der vorher kommt, kann nicht geschrieben "
        "werden",
        "other": "{number} Entscheidungen aufgeschoben: jemandem, der vorher kommt, kann nicht geschrieben "
        "werden",
    },
    "decisions put off: do": "Bringen Sie jene Nachricht in Ordnung, oder tippen Sie in die Spalte "
    "Decision, was mit jener Person geschehen soll",
    "letters wait": {
        "one": "{number} Brief wartet auf Ihre Freigabe",
        "other": "{number} Briefe warten auf Ihre Freigabe",
    },
    "letters wait: do": "Tippen Sie {code} neben „{control:control}“, oder ok in die Zeilen, deren "
    "Briefe hinausdürfen",
    "danger: do": "Wenn es stimmt, tippen Sie {code} neben „{control:control}“",
    "stale: do": "Vorher wird nichts gesendet oder geschrieben",
    "reached nobody": {
        "one": "{number} Nachricht ging nur in den lokalen Ausgang und hat niemanden erreicht",
        "other": "{number} Nachrichten gingen nur in den lokalen Ausgang und haben niemanden erreicht",
    },
    "reached nobody: do": "Um neu zu beginnen, löschen Sie den Ordner state/ und die Spalten von Convene "
    "in der Tabelle",
    "not understood": "{text:short} wird nicht verstanden",
    "pause: do": "Tippen Sie ja oder nein; bis dahin wird nichts gesendet",
    "freeze: do": "Tippen Sie ja oder nein; bis dahin rückt niemand nach",
    "code: do": "Tippen Sie den Code, der daneben steht",
    "seen: do": "Tippen Sie Codes aus der Liste unten, mit einem Leerzeichen dazwischen",
    # --- what needs a person: a sheet of Google's ---
    "column lost": "die Spalte „{header}“ hat ihre Überschrift verloren",
    "column lost: do": "Tippen Sie „{header}“ wieder in ihre erste Zelle; Convene kennt die Spalte noch",
    "column renamed": "die Spalte „{header}“ hat jetzt die Überschrift „{now}“",
    "own column renamed: do": "Tippen Sie „{header}“ wieder in ihre erste Zelle; Convene kennt die Spalte "
    "ohnehin und sagt es nur einmal",
    "column renamed: do": "Tippen Sie „{header}“ wieder in ihre erste Zelle, oder schreiben Sie "
    "stattdessen „{now}“ unter columns in config/call.yaml; Convene kennt die Spalte ohnehin und sagt es "
    "nur einmal",
    "unknown zone": "Convene kennt ihre Zeitzone nicht; Zeiten gelten als die des Aufrufs",
    "unknown zone: do": "Wählen Sie eine Zone nach Stadt unter „Datei“, „Einstellungen“",
    "tab renamed": "der Tab „{wanted}“ heißt jetzt „{now}“",
    "tab renamed: do": "Geben Sie ihm seinen Namen zurück, oder schreiben Sie „{now}“ als sheet.tab in "
    "config/service.yaml; Convene folgt seiner Markierung und sagt es nur einmal",
    "tab replaced": "der Tab „{wanted}“ heißt jetzt „{now}“, und ein anderer trägt seinen Namen",
    "tab replaced: do": "Schreiben Sie „{now}“ als sheet.tab in config/service.yaml; Convene folgt seiner "
    "Markierung und sagt es nur einmal",
    "responses elsewhere": {
        "one": "{number} Antwort im Tab „{tab}“ kam nach allen, die hier stehen: schreibt das Formular "
        "jetzt dorthin?",
        "other": "{number} Antworten im Tab „{tab}“ kamen nach allen, die hier stehen: schreibt das "
        "Formular jetzt dorthin?",
    },
    "responses elsewhere: do": "Enthält „{tab}“ auch die früheren Antworten, schreiben Sie es als "
    "sheet.tab in config/service.yaml; sonst verschieben Sie die neuen nach „{here}“ und verknüpfen das "
    "Formular neu mit dieser Tabelle",
    # --- the tab Convene: the organisers' cells ---
    "control pause": "Pause",
    "control freeze": "Nachrücken anhalten",
    "control approve": "Alles freigeben",
    "control accept": "Gefahr hinnehmen",
    "control run_now": "Jetzt ausführen",
    "control seen": "Gesehen",
    "switch yes": "ja",
    "switch no": "nein",
    "bare": "{text:bare}",
    # --- the tab Convene: what stands beside the organisers' cells ---
    "neither, pause": "{text:short} ist weder ja noch nein. Nichts wird gesendet, bis Sie eines von beiden "
    "tippen.",
    "paused": "Nichts wird gesendet, bis Sie nein tippen.",
    "paused, waiting": {
        "one": "Nichts wird gesendet, bis Sie nein tippen. {number} E-Mail wartet.",
        "other": "Nichts wird gesendet, bis Sie nein tippen. {number} E-Mails warten.",
    },
    "pause": "ja: Convene entscheidet und zeigt weiter, und sendet nichts.",
    "neither, freeze": "{text:short} ist weder ja noch nein. Es gilt als ja, bis Sie eines von beiden "
    "tippen.",
    "promotion frozen": "Niemand erhält einen frei werdenden Platz, bis Sie nein tippen. Ihre Wörter unter "
    "Decision gelten weiter.",
    "freeze": "ja: frei werdende Plätze werden der Warteliste nicht angeboten.",
    "code followed": "{code} wurde befolgt. {then}",
    "code wrong": "{text:short} ist nicht der Code. {then}",
    "approve nothing": "Nichts wartet auf Ihre Freigabe.",
    "approve": "Tippen Sie {code}, um zu senden, was vorgeschlagen ist: {letters}.",
    "accept new machine": "Tippen Sie {code}, wenn Convene auf einen anderen Rechner gezogen ist und sonst "
    "nirgends mehr läuft.",
    "accept nothing": "Nichts spricht dagegen, weiterzumachen.",
    "accept": "Tippen Sie {code}, um trotzdem weiterzumachen: {danger:brief}",
    "run now": "Irgendetwas Neues, wie 1, dann 2: Convene läuft zur nächsten Zeit.",
    "run now within": {
        "one": "Irgendetwas Neues, wie 1, dann 2: Convene läuft in höchstens {number} Minute, oder zur "
        "nächsten Zeit.",
        "other": "Irgendetwas Neues, wie 1, dann 2: Convene läuft in höchstens {number} Minuten, oder zur "
        "nächsten Zeit.",
    },
    "seen odd": "{text:short} ist kein Code einer Zeile unten.",
    "seen unknown": "{text:short} ist kein Code einer Zeile unten oder gilt nicht mehr.",
    "seen": "Codes von Zeilen unten, die Sie schon kennen: Sie zählen nicht mehr mit. Zwischen zwei Codes "
    "gehört ein Leerzeichen.",
    # --- the tab Convene: its parts ---
    "day": "{on}",
    "moment": "{on}, {at}",
    "looked here": "Convene war hier zuletzt am {on}",
    "could not look": "Convene konnte seine Arbeit am {on} nicht tun",
    "nothing read": "Es wurde noch nichts gelesen.",
    "for tab": "{text:tab}",
    "nothing needs you": "Nichts wartet auf Sie",
    "needs you": "Was auf Sie wartet ({number})",
    "head who or what": "Wer oder was",
    "head code": "Code",
    "head what": "Was",
    "head what to do": "Was zu tun ist",
    "head since": "Seit",
    "the last run": "Der letzte Lauf",
    "code seen": "{code} (gesehen)",
    "coming": "Wer kommt ({number})",
    "not coming": "Alle anderen ({number})",
    "head name": "Name",
    "head status": "Status",
    "head category": "Kategorie",
    "numbers": "Zahlen",
    "head people": "Personen",
    "people by status": "Personen nach Status",
    "places by quota": "Plätze nach Quote",
    "head places": "Plätze",
    "head given": "Vergeben oder vorgeschlagen",
    "head bound": "Von den Regeln gesetzt",
    "every place": "Alle Plätze",
    "quota at least": "{name} (mindestens)",
    "quota at most": "{name} (höchstens)",
    "quota wished for": "{name} (gewünscht)",
    "responses a day": "Antworten je Tag",
    "head day": "Tag",
    "head responses": "Antworten",
    "happened last": "Was zuletzt geschah",
    "nothing yet": "Noch nichts.",
    "run did": "{parts:sentence}",
    "rows updated": {
        "one": "{number} Zeile der Tabelle auf den neuesten Stand gebracht",
        "other": "{number} Zeilen der Tabelle auf den neuesten Stand gebracht",
    },
    "run not finished": "nicht zu Ende geführt: {said:bare}",
    "run looked": "hat die Antworten durchgesehen",
    "sent letters": "gesendet: {letters}",
    "became deferred": "{number} vom Mailserver aufgeschoben",
    "became refused": "{number} vom Mailserver abgewiesen",
    "became in doubt": "{number} ungewiss",
    "became held": "{number} nicht gesendet, weil sich etwas geändert hat",
    "became cancelled": "{number} zurückgezogen",
    "happens next": "Wie es weitergeht",
    "waiting now": "Wartet",
    "every day at": "Jeden Tag um {times}",
    "reads and does": "Convene liest die Antworten und tut, was fällig ist.",
    "call opens": "Der Aufruf beginnt.",
    "last moment": "Bewerbungsschluss.",
    "reply asked": "Eingeladene sollen bis dahin antworten.",
    "meeting begins": "Das Treffen beginnt. Kein Platz wird mehr nach Rang vergeben.",
    "meeting ends": "Das Treffen endet.",
    "people erased": "Was Convene von Menschen gespeichert hat, wird gelöscht.",
    "decisions wait": "Ab dann warten Entscheidungen auf Ihre Freigabe und werden gesendet, sobald Sie sie "
    "geben.",
    "decisions sent": "Ab dann werden Entscheidungen an die Bewerberinnen und Bewerber gesendet.",
    "decisions sent, some wait": "Ab dann werden Entscheidungen an die Bewerberinnen und Bewerber "
    "gesendet. Manche warten zuerst auf Ihre Freigabe.",
    # --- letters, counted ---
    "listed": "{items}",
    "count invitation": {
        "one": "{number} Einladung",
        "other": "{number} Einladungen",
    },
    "count not_selected": {
        "one": "{number} Absage",
        "other": "{number} Absagen",
    },
    "count received": {
        "one": "{number} Eingangsbestätigung",
        "other": "{number} Eingangsbestätigungen",
    },
    "count letters": {
        "one": "{number} Brief „{kind}“",
        "other": "{number} Briefe „{kind}“",
    },
    # --- letters that wait for a later run ---
    "messages wait": {
        "one": "{number} Nachricht wartet: {why}.",
        "other": "{number} Nachrichten warten: {why}.",
    },
    "wait put off": "{number} vom Mailserver aufgeschoben",
    "wait stopped": "{number}, weil das Senden abbrach",
    "wait held": "{number}, weil sich die Tabelle inzwischen geändert hat",
    "wait day": "{number} wegen der Tagesgrenze (messages_per_day)",
    "wait asked": "{number} wegen --limit",
    "wait paused": "{number} wegen Pause im Tab Convene",
    "wait settling": "{number} für den Fall, dass ein Wort unter Decision noch geändert wird "
    "(settle_minutes)",
    "wait, in short": "{why}.",
    "wait again": "{waits} Der nächste Versuch ist am {day} um {time} fällig.",
    # --- dangers ---
    "sheet emptied": "{title}: es gibt keine Antwort; beim letzten Lauf waren es {before}. Sehen Sie nach, "
    "ob das der richtige Tab ist: nennen Sie den, in den das Formular schreibt, als sheet.tab in "
    "config/service.yaml, oder holen Sie die Zeilen zurück.",
    "rows vanished": {
        "one": "Die Tabelle hat {number} Zeile; beim letzten Lauf waren es {before}.",
        "other": "Die Tabelle hat {number} Zeilen; beim letzten Lauf waren es {before}.",
    },
    "answers altered": {
        "one": "Antworten in {columns:named} haben sich in {number} Zeile geändert, als wären Spalten für "
        "sich sortiert oder ein Block darübergeklebt worden. Machen Sie das rückgängig; haben Sie sie "
        "berichtigt, nehmen Sie die Gefahr hin.",
        "other": "Antworten in {columns:named} haben sich in {number} Zeilen geändert, als wären Spalten "
        "für sich sortiert oder ein Block darübergeklebt worden. Machen Sie das rückgängig; haben Sie sie "
        "berichtigt, nehmen Sie die Gefahr hin.",
    },
    "keys taken": {
        "one": "{number} Zeile hat {columns:named_or} einer anderen Antwort, als wären Spalten für sich "
        "sortiert oder ein Block darübergeklebt worden. Machen Sie das rückgängig.",
        "other": "{number} Zeilen haben {columns:named_or} einer anderen Antwort, als wären Spalten für "
        "sich sortiert oder ein Block darübergeklebt worden. Machen Sie das rückgängig.",
    },
    "event over": {
        "one": "Die Veranstaltung endete am {on}, und {number} Nachricht ginge hinaus.",
        "other": "Die Veranstaltung endete am {on}, und {number} Nachrichten gingen hinaus.",
    },
    "too much mail": {
        "one": "{number} Nachricht ginge hinaus; limits.messages_per_run in config/service.yaml erlaubt "
        "{most}.",
        "other": "{number} Nachrichten gingen hinaus; limits.messages_per_run in config/service.yaml "
        "erlaubt {most}.",
    },
    "rehearsal mails": "--as-of setzt ein erdachtes Datum, und Mail ginge wirklich über {host} hinaus.",
    "ledger behind": "{title}: {why}. Stellen Sie das neuere Register wieder her (den ganzen Ordner "
    "state/)⟦, oder sehen Sie, was `convene adopt` übernähme⟧.",
    "rows unknown": {
        "one": "{number} Zeile zeigt eine Referenz, einen Status oder eine Nachricht, die dieses Register "
        "nicht kennt",
        "other": "{number} Zeilen zeigen eine Referenz, einen Status oder eine Nachricht, die dieses "
        "Register nicht kennt",
    },
    "rows of another ledger": {
        "one": "{number} Zeile zeigt eine Referenz, einen Status oder eine Nachricht eines anderen "
        "Registers, das hier in seinem Lauf {run} schrieb",
        "other": "{number} Zeilen zeigen eine Referenz, einen Status oder eine Nachricht eines anderen "
        "Registers, das hier in seinem Lauf {run} schrieb",
    },
    "another ledger sending": "ein anderes Register sendete in seinem Lauf {run} und hat hier nicht "
    "gezeigt, was es gesendet hat",
    "later run wrote": "Lauf {run} dieses Registers schrieb hier, und die Datei kennt nur {known}",
    "time is over": "der Tag, bis zu dem sie gilt, vorbei ist",
    "not as planned": "sie nicht das ist, was geplant und freigegeben war",
    # --- notices to organisers ---
    "needs, in a notice": "{where_and_what:beginning}. {advice:tab}",
    "named": "{what}: {names}",
    "people to review": {
        "one": "{number} Person zu prüfen",
        "other": "{number} Personen zu prüfen",
    },
    "rows to check": {
        "one": "{number} Zeile zu prüfen",
        "other": "{number} Zeilen zu prüfen",
    },
    "words not understood": {
        "one": "{number} Wort unter Decision, das nicht verstanden wird",
        "other": "{number} Wörter unter Decision, die nicht verstanden werden",
    },
    "letters in doubt": {
        "one": "{number} Brief, der vielleicht nicht angekommen ist",
        "other": "{number} Briefe, die vielleicht nicht angekommen sind",
    },
    "letters refused": {
        "one": "{number} Brief, der abgewiesen wurde",
        "other": "{number} Briefe, die abgewiesen wurden",
    },
    "offers unanswered": {
        "one": "{number} Angebot, auf das niemand rechtzeitig geantwortet hat",
        "other": "{number} Angebote, auf die niemand rechtzeitig geantwortet hat",
    },
    "part needs you": "Wartet auf Sie",
    "part ends tomorrow": "Endet morgen",
    "part decided": "Entschieden",
    "part sent": "Gesendet",
    "part waits": "Wartet auf einen späteren Lauf",
    "part unfinished": "Der Lauf kam nicht ans Ende",
    "part what to do": "Was zu tun ist",
    "decided Offered": "{number}: Platz angeboten",
    "decided Waiting list": "{number} auf die Warteliste gesetzt",
    "decided Not selected": "{number} nicht ausgewählt",
    "decided Ineligible": "{number} nicht in der Zielgruppe",
    "decided Confirmed": "{number} bestätigt",
    "decided Withdrawn": "{number} zurückgezogen",
    "decided Expired": "{number} verfallen",
    "decided No show": "{number} nicht erschienen",
    "decided Cancelled": "{number} ausgeladen",
    "decided otherwise": "{number}: {status}",
    "sent of kind": "{number} × {kind}",
    "offers to answer": {
        "one": "{number} Angebot, bis zum {until} zu beantworten: {names}",
        "other": "{number} Angebote, bis zum {until} zu beantworten: {names}",
    },
    "headline": "{parts:commas}",
    "letters sent": {
        "one": "{number} Brief gesendet",
        "other": "{number} Briefe gesendet",
    },
    "people decided": {
        "one": "{number} Entscheidung",
        "other": "{number} Entscheidungen",
    },
    "things need you": {
        "one": "{number} Sache wartet auf Sie",
        "other": "{number} Sachen warten auf Sie",
    },
    "offers end": {
        "one": "{number} Angebot endet morgen",
        "other": "{number} Angebote enden morgen",
    },
    "run unfinished": "Der Lauf kam nicht ans Ende",
    "could not run": "Convene konnte nicht laufen",
    "digest foot": "Sie erhalten dies nach einem Lauf, der etwas zu sagen hat, weil Ihre Adresse in "
    "config/service.yaml steht.",
    "alert foot": "Sie erhalten dies einmal am Tag für eine Ursache, bis sie behoben ist, weil Ihre "
    "Adresse in config/service.yaml steht.",
    "open sheet": "Tabelle öffnen",
    "sheet at": "Die Tabelle: {link}",
    "subject": "{headline} ({title})",
    # --- why a run failed: what a command says stands behind it in English ---
    "failed ConfigError": "Die Konfiguration ist zu berichtigen ({said:bare}).",
    "failed HeaderError": "Eine Spalte der Tabelle fehlt oder ist doppelt ({said:bare}).",
    "failed SheetError": "Die Tabelle lässt sich nicht lesen oder schreiben ({said:bare}).",
    "failed SheetBusy": "Die Tabelle ist belegt; der nächste Lauf versucht es erneut ({said:bare}).",
    "failed LedgerError": "Das Register ist nicht benutzbar; ohne es wird nichts gesendet ({said:bare}).",
    "failed StateError": "Eine Datei von Convene ist nicht benutzbar ({said:bare}).",
    "failed StaleLedger": "Die Tabelle kennt Läufe, von denen dieses Register nichts weiß; nichts wird "
    "gesendet ({said:bare}).",
    "failed MailUnavailable": "Der Mailserver nimmt gerade nichts an; alle Nachrichten bleiben erhalten "
    "({said:bare}).",
    "failed MailRejectsUs": "Der Mailserver weist uns ab; alle Nachrichten bleiben erhalten ({said:bare}).",
    "failed TooManyDoubts": "Zu viele Nachrichten sind ungewiss; das Senden brach ab ({said:bare}).",
    "failed TemplateError": "Eine Vorlage ist zu berichtigen; nichts wird gesendet ({said:bare}).",
    "failed UnsafePlan": "Etwas braucht Ihr Einverständnis, bevor Convene weitermacht ({said:bare}).",
    "failed StopRequested": "Der Lauf wurde abgebrochen; der nächste macht weiter ({said:bare}).",
    "failed otherwise": "Convene hielt an ({said:bare}).",
    # --- notices: people ---
    "reference in row": "{reference} (Zeile\u00a0{row})",
    # --- replies of invited people ---
    "idle replies": {
        "one": "{number} Antwort, die ohne Sie nichts entscheidet",
        "other": "{number} Antworten, die ohne Sie nichts entscheiden",
    },
    # --- notes beside headers and cells of the responses ---
    "note: own column": "Convene schreibt diese Spalte. Was Sie hier tippen, wird überschrieben; nehmen "
    "Sie {columns}.",
    "note: decision": "Für das Organisationsteam: {words:or}. Das geht vor Regeln und Rangfolge; bleibt es "
    "leer, entscheiden diese.",
    "note: organisers": "Für das Organisationsteam: schreiben Sie hier, was Sie möchten. Convene ändert es "
    "nie.",
    "note: other word, title": "Keine Entscheidung",
    "note: other word": "Convene kennt die Wörter der Liste, auch mit einer Bemerkung, und fragt "
    "bei anderen nach. Behalten, was Sie getippt haben?",
    # --- what needs a person: replies to offers, and letters that came too late ---
    "reply early": "hat laut Zeitstempel über das Antwortformular geantwortet, bevor der Platz angeboten "
    "war: das hat nichts entschieden",
    "reply idle": "hat über das Antwortformular zugesagt, und kein Platz ist angeboten: das hat nichts "
    "entschieden",
    "reply idle: do": "Fragen Sie die Person, oder tippen Sie in die Spalte Decision, was geschehen soll",
    "reply of wrong address": "eine Antwort trägt diese Referenz und eine andere Adresse: sie zählt nicht",
    "reply of wrong reference": "eine Antwort kommt von dieser Adresse und trägt eine andere Referenz: sie "
    "zählt nicht",
    "reply neither": "die neueste Antwort sagt weder ja noch nein",
    "reply both": "Antworten derselben Zeit sagen ja und nein",
    "reply without time": "eine Antwort trägt keine lesbare Zeit, oder eine, die noch nicht gekommen ist: "
    "sie zählt nicht",
    "reply of stranger": "eine Antwort trägt weder Referenz noch Adresse von jemandem aus den Bewerbungen",
    "reply in row": "{what} (Zeile {row} im Tab „{tab}“)",
    "reply: do": "Fragen Sie die Person, und tippen Sie dann Bestätigt oder Zurückgezogen in die Spalte "
    "Decision",
    "reply of stranger: do": "Wenn Sie wissen, von wem sie ist, tippen Sie Bestätigt oder Zurückgezogen in "
    "die Zeile dieser Person; löschen Sie, was niemandem gehört",
    "rows of tab": {
        "one": "Tab „{tab}“, Zeile {rows}",
        "other": "Tab „{tab}“, Zeilen {rows}",
    },
    "no reply tab": "es gibt keinen Tab „{tab}“ mit den Antworten: keine zählt in diesem Lauf, und kein "
    "Angebot verfällt",
    "no reply tab: do": "Geben Sie dem Tab seinen Namen zurück, oder berichtigen Sie replies.tab in "
    "config/call.yaml",
    "reply columns": "{faults}: keine Antwort zählt in diesem Lauf, und kein Angebot verfällt",
    "no column headed": "keine Spalte heißt „{header}“",
    "several columns headed": "mehr als eine Spalte heißt „{header}“",
    "reply columns: do": "Stellen Sie die Überschrift wieder her, oder berichtigen Sie sie unter replies "
    "in config/call.yaml",
    "message of kind": "Nachricht „{kind}“",
    "letters missed": {
        "one": "{number} Brief ging bis {until} nicht hinaus; jetzt nützt er nichts mehr",
        "other": "{number} Briefe gingen bis {until} nicht hinaus; jetzt nützen sie nichts mehr",
    },
    "letters missed: do": "Es wird nichts mehr gesendet; schreiben Sie diesen Personen selbst, wenn ihnen "
    "etwas fehlt",
    # --- which column may be meant ---
    "full stop": "{text:sentence}",
    "too few columns": {
        "one": "„{name}“ steht über {number} Spalte, und config/call.yaml verlangt mehr davon: „header“ "
        "ist eine, jedes von „branches“ eine weitere, „nth“ zählt sie",
        "other": "„{name}“ steht über {number} Spalten, und config/call.yaml verlangt mehr davon: „header“ "
        "ist eine, jedes von „branches“ eine weitere, „nth“ zählt sie",
    },
    "column perhaps renamed": "„{header}“ ist vielleicht die umbenannte Spalte „{name}“",
    "column by its content": "„{header}“ ist dem Inhalt nach vielleicht die Spalte „{name}“",
    # --- what speaks against this machine ---
    "unwitnessed": {
        "one": "Dieses Register hat {number} Brief gesendet, und nichts auf diesem Rechner bezeugt es: "
        "vielleicht ist es eine alte Kopie, oder ein anderer Rechner macht damit weiter. {begin}, legen Sie "
        "die neueste Kopie des ganzen Ordners hierher.",
        "other": "Dieses Register hat {number} Briefe gesendet, und nichts auf diesem Rechner bezeugt es: "
        "vielleicht ist es eine alte Kopie, oder ein anderer Rechner macht damit weiter. {begin}, legen Sie "
        "die neueste Kopie des ganzen Ordners hierher.",
    },
    "another ledger here": {
        "one": "Ein anderes Register hat aus diesem Ordner {number} Brief dieses Aufrufs gesendet, und "
        "dieses beginnt, als wäre nichts gesendet. {begin}, stellen Sie den Ordner state/ wieder her.",
        "other": "Ein anderes Register hat aus diesem Ordner {number} Briefe dieses Aufrufs gesendet, und "
        "dieses beginnt, als wäre nichts gesendet. {begin}, stellen Sie den Ordner state/ wieder her.",
    },
    "first run here": "Wenn das stimmt, sagen Sie es einmal⟦: `convene run --first-run-here`⟧. Wenn nicht",
    "first run here, by code": "Wenn das stimmt, sagen Sie es einmal: ⟦`convene run --first-run-here`, oder ⟧"
    "tippen Sie {code} neben „{control:control}“. Wenn nicht",
    "ledger is an old copy": {
        "one": "Dieses Register ist eine alte Kopie: es kennt {number} Brief, und bis Lauf {run} waren "
        "{sent} gesendet. Stellen Sie die neueste Kopie des ganzen Ordners wieder her⟦, oder sehen Sie, was "
        "`convene adopt` übernähme⟧.",
        "other": "Dieses Register ist eine alte Kopie: es kennt {number} Briefe, und bis Lauf {run} waren "
        "{sent} gesendet. Stellen Sie die neueste Kopie des ganzen Ordners wieder her⟦, oder sehen Sie, was "
        "`convene adopt` übernähme⟧.",
    },
    "folder is a copy": "Dieser Ordner ist eine zweite Kopie: dasselbe Register sendet aus {folder}, den "
    "es noch gibt. Lassen Sie Convene dort laufen. Soll es hier endgültig weitergehen, löschen Sie jenen "
    "Ordner⟦, oder nehmen Sie `convene adopt --yes`⟧.",
}
