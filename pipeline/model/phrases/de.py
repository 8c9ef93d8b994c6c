"""German. Speaks to organisers as “Sie”."""

from collections.abc import Mapping

PHRASES: Mapping[str, str | Mapping[str, str]] = {
    # --- marks and ways to put sentences together ---
    "quoted": "„{text}“",
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
    "place taken back": "Vorher war ein Platz angeboten: Convene schreibt dazu nichts, bitte schreiben Sie selbst.",
    "told from": "Wird ab dem {on:day} mitgeteilt.",
    "unknown word": "{word:quoted} unter Decision ist keines von: {words:words}.",
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
    # --- column Reason: what became of the places ---
    "offered": "Ein Platz wird angeboten: {parts:parts}.",
    "rank": "Rang {rank}",
    "rank in tier": "Gruppe {tier}, Rang {rank}",
    "from the list": "von der Warteliste",
    "waiting": "Auf der Warteliste: {taken}; Nummer {position}, wenn ein Platz{limits} frei wird.",
    "waiting, formerly": "Auf der Warteliste: {taken}; Nummer {position}, wenn ein Platz{limits} frei wird.",
    "for limits": " für {names}",
    "only place": "der einzige Platz{limit} ist vergeben",
    "all places": "alle {number} Plätze{limit} sind vergeben",
    "taken": "{places}",
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
    "tier": "ließe besseren Gruppen weniger Plätze",
    "wish": "machte die Gruppe weniger ausgewogen als gewünscht",
    "tie": "das Los unter Gleichen fiel anders",
    "unproved": "für mehr reichte die Zeit nicht",
    # --- column Reason: what only explains a row ---
    "newer response": "Eine neuere Antwort derselben Person zählt.",
    "taken over": "Am {on:day} mitgeteilt; ohne den Grund übernommen.",
    "not kept": "Was geantwortet wurde, wird nicht mehr aufbewahrt.",
}
