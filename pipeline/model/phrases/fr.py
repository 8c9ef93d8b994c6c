"""French. Statuses agree with “candidature”."""

from collections.abc import Mapping

PHRASES: Mapping[str, str | Mapping[str, str]] = {
    # --- marks and ways to put sentences together ---
    "quoted": "« {text} »",
    "between parts": " ; ",
    "sentences": "{sentences:joined}",
    "parts": "{parts:parts}",
    "and more": "{number} de plus",
    "what and advice": "{what:sentence} {advice:sentence}",
    # --- column Status ---
    "status Received": "Reçue",
    "status To review": "À examiner",
    "status Ineligible": "Non éligible",
    "status Offered": "Place proposée",
    "status Confirmed": "Confirmée",
    "status Waiting list": "Liste d’attente",
    "status Not selected": "Non retenue",
    "status Withdrawn": "Désistement",
    "status Expired": "Expirée",
    "status No show": "Absence",
    "status Cancelled": "Invitation annulée",
    "status On hold": "En suspens",
    "status Superseded": "Remplacée",
    "status Check row": "Ligne à vérifier",
    "status Erased": "Effacée",
    "status Proposed: offer": "Proposé : une place",
    "status Proposed: waiting list": "Proposé : liste d’attente",
    "status Proposed: not selected": "Proposé : non retenue",
    # --- column Decision: what its list offers (more spellings are understood: see docs/sheet.md) ---
    "word Invite": "Inviter",
    "word Waiting list": "Liste d’attente",
    "word Decline": "Refuser",
    "word Hold": "Suspendre",
    "word Confirmed": "Confirmée",
    "word Withdrawn": "Désistement",
    "word Cancel": "Annuler l’invitation",
    "word No show": "Absence",
    "word Replace by …": "Remplacer par …",
    "word Extend to …": "Prolonger jusqu’au …",
    "word Invite as …": "Inviter comme …",
    "word Address corrected": "Adresse corrigée",
    "word Eligible": "Éligible",
    "word Send again": "Renvoyer",
    "word Delivered": "Remis",
    "word ok": "ok",
    "word Same person": "Même personne",
    "word Other person": "Autre personne",
    # --- column Last message ---
    "kind invitation": "Invitation",
    "kind waiting_list": "Liste d’attente",
    "kind not_selected": "Refus",
    "kind place_withdrawn": "Annulation de l’invitation",
    "kind cancelled": "Annonce d’annulation",
    "kind changed": "Annonce de changement",
    "kind offer_expired": "Offre expirée",
    "kind reply_reminder": "Rappel de réponse",
    "kind confirmed": "Confirmation",
    "kind withdrawn": "Désistement noté",
    "kind waiting_list_closed": "Liste d’attente close",
    "kind practical_information": "Informations pratiques",
    "kind event_reminder": "Rappel de la rencontre",
    "kind thanks": "Remerciement",
    "kind delayed": "Annonce de retard",
    "kind received": "Accusé de réception",
    "message accepted": "{kind}, {time}",
    "message refused": "{kind} : refusé par le serveur de messagerie : {reply}",
    "message in doubt": "{kind} : incertain depuis le {time}, le message a pu arriver",
    "message deferred": "{kind} : remis à plus tard par le serveur de messagerie, un nouvel essai suivra",
    "message prepared": "{kind} : pas encore envoyé",
    # --- column Reason: what the rules find ---
    "answer": "{answer:quoted} à {header:named}",
    "slip": "{said:quoted} a été lu comme {meant:quoted}",
    "slips": "{slips}.",
    "unanswered": "Pas de réponse à {questions:named}, dont les règles ont besoin.",
    "unclear": "Une personne doit trancher : la réponse {answers} n’est pas claire.",
    "several categories": "Correspond à plusieurs catégories : {titles:named}.",
    "no category": "Aucune catégorie ne correspond à ces réponses : {answers}.",
    "late": "Candidature arrivée après la date limite.",
    # --- column Reason: what organisers said ---
    "put in category": "Mise dans cette catégorie par les organisateurs.",
    "held": "Mise en suspens par les organisateurs.",
    "decided": "Décidé par les organisateurs : {word:words}.",
    "place passed": "La place de {other} est passée à cette personne, sur décision de l’équipe "
    "d’organisation.",
    "told by hand": "Convene n’envoie rien à ce sujet : c’est vous qui prévenez la personne.",
    "place taken back": "Une place avait été proposée : Convene n’écrit rien à ce sujet, écrivez vous-même.",
    "answer by": "Réponse attendue jusqu’au {on:day}.",
    "told from": "Sera annoncé à partir du {on:day}.",
    "unknown word": "Que veut dire {word:quoted} sous Decision ? Ce n’est aucun de : {words:words}. "
    "Rien n’a été décidé d’après ce mot.",
    "unknown word, near": "Vouliez-vous dire « {near:words} » ? Convene ne connaît pas "
    "{word:quoted} sous Decision, et rien n’a été décidé d’après ce mot.",
    "misfit": "{question} Rien n’a été décidé d’après « {word:words} ».",
    "misfit, invited": "Voulez-vous dire Annuler l’invitation ? Cette personne a été invitée ; "
    "Annuler l’invitation le lui retire par une lettre à part. Tapez Désistement si la personne "
    "ne vient pas, ou « {word:words}, sans courriel » si vous l’avez prévenue vous-même.",
    "misfit, no invitation": "Voulez-vous dire Refuser ? Il n’y a pas d’invitation à annuler.",
    "misfit, no place": "Est-ce la bonne ligne ? Cette personne n’a pas de place.",
    "misfit, no offer": "Voulez-vous dire Inviter ? Aucune réponse à une offre n’est attendue.",
    "misfit, no such day": "Quel jour est-ce ? Il doit être à venir, et avant le début de la rencontre.",
    "misfit, unread day": "Jusqu’à quel jour ? Écrivez-le comme dans « Prolonger jusqu’au 2023-08-25 ».",
    "misfit, earlier": "Quel jour est-ce ? L’offre en promettait un plus tardif.",
    "misfit, nobody": "De qui s’agit-il ? Personne dont la ligne est lisible n’a cette référence ou "
    "cette adresse.",
    "misfit, several": "De qui s’agit-il ? Plusieurs personnes ont cette adresse : indiquez la référence.",
    "misfit, has place": "De qui s’agit-il ? Cette personne a déjà une place, ou en avait une.",
    "misfit, own word": "Que faut-il faire ? Dans la ligne de la personne désignée, Decision dit "
    "autre chose.",
    "misfit, twice": "Quelle place faut-il céder ? Une autre ligne désigne la même personne.",
    "misfit, over": "Voulez-vous dire Confirmée ? Il est noté que cette personne n’est pas venue.",
    "misfit, not begun": "Voulez-vous dire Désistement ? La rencontre n’a pas encore commencé.",
    "misfit, no template": "Avez-vous prévenu cette personne vous-même ? Tapez alors « "
    "{word:words}, sans courriel ». Convene n’a pas de lettre pour cela : messages dans "
    "config/call.yaml n’en nomme aucune.",
    "older word": "{word:quoted} se trouve dans Decision à la ligne d’une réponse plus ancienne. "
    "Tapez-le dans cette ligne, ou effacez-le là-bas.",
    "nothing to settle": "« {word:words} » ne décide rien : aucun message à cette personne n’est "
    "incertain ni refusé.",
    "heard before": "« {word:words} » était déjà là et n’est suivi qu’une fois. "
    "Effacez-le, et tapez-le de nouveau après le prochain passage.",
    "over": "« {word:words} » n’est pas suivi : la rencontre a commencé. "
    "Écrivez vous-même à cette personne, puis tapez Remis.",
    "reviews": {
        "one": "Sera annoncé quand {number} candidature à examiner sera réglée, ou après le {until:day}.",
        "other": "Sera annoncé quand {number} candidatures à examiner seront réglées, ou après le {until:day}.",
    },
    "settles": "Suivi à partir du {until}, sauf si vous le changez d’ici là.",
    "changed since": "Vous aviez approuvé « {released:status} », et depuis, {cause} : "
    "votre accord est de nouveau attendu. Tapez {word} pour approuver l’envoi tel qu’il est maintenant.",
    "differs conclusion": "la conclusion est une autre",
    "differs kind": "un autre message est à envoyer",
    "differs to": "l’adresse est une autre",
    "differs sender": "le message part d’une autre adresse",
    "differs target": "la feuille, le registre ou le serveur de messagerie est un autre",
    "differs until": "une date dans le message est passée ou a changé",
    "differs revision": "le message est à envoyer de nouveau",
    "differs words": "le texte du message est un autre",
    "ok before": "« ok » a été tapé avant cette proposition. Tapez {word} pour l’approuver.",
    "called off": "Ne sera pas annoncé : la rencontre est annulée.",
    "gated": {
        "one": "Annoncé quand {number} candidature qui attend encore une réponse l’aura.",
        "other": "Annoncé quand {number} candidatures qui attendent encore une réponse l’auront.",
    },
    "behind": "Sera annoncé dès que tous ceux qui passent avant l’auront appris.",
    # --- column Reason: what the applicant answered ---
    "said yes": "Avant : {status:status}. A répondu oui par le formulaire de réponse, le {at}.",
    "said no": "Avant : {status:status}. A répondu non par le formulaire de réponse, le {at}.",
    # --- column Reason: what a person is asked about ---
    "applied again": "A le statut « {status:status} » depuis le {since:day}, et a postulé de nouveau.",
    "contradicted": "A le statut « {status:status} » depuis le {since:day}, "
    "et les réponses ou les règles disent maintenant autre chose :",
    "begun": "La rencontre a commencé.",
    "turned away": "Une place est libre, mais des personnes qui avaient postulé avant ont été refusées.",
    "uncounted": "Une place est libre, mais les quotas ne peuvent pas être comptés : "
    "des lignes de personnes qui ont une place manquent ou sont à vérifier.",
    "frozen": "Aucune place n’est donnée selon le rang : Bloquer les promotions est activé dans "
    "l’onglet Convene.",
    "ask": "Tapez la suite à donner dans la colonne Decision.",
    "same address": "A l’adresse de {other}, et un autre nom. "
    "Tapez Même personne ou Autre personne, ou la suite à donner, dans la colonne Decision.",
    "same name": "Est peut-être {other}, avec une autre adresse. "
    "Tapez Même personne ou Autre personne, ou la suite à donner, dans la colonne Decision.",
    "whose unclear": "On ne sait pas qui est la même personne. "
    "Tapez Même personne: suivi de la référence de l’autre ligne.",
    "waits behind": "Est peut-être la même personne que {others} : votre réponse est attendue.",
    "worse": "Ces réponses retireraient ce que donnent celles du {sent:day}. Pour garder les anciennes, "
    "supprimez cette ligne ; sinon, tapez la suite à donner dans la colonne Decision.",
    "too early": "Porte une date du {sent:day}, alors que l’appel a ouvert le {opens:day}. "
    "Corrigez l’horodatage, ou tapez la suite à donner dans la colonne Decision.",
    "in the future": "Porte une date à venir, le {sent:day}. "
    "Corrigez l’horodatage, ou tapez la suite à donner dans la colonne Decision.",
    "differing": "Des réponses différentes se trouvent dans les colonnes {questions:named}. "
    "Laissez celle qui compte, ou tapez la suite à donner dans la colonne Decision.",
    "unknown answer": "Quelle réponse faut-il lire : {answers} ? Les places en dépendent. Corrigez-la, nommez-la "
    "sous aliases dans config/call.yaml, ou tapez la suite à donner dans la colonne Decision.",
    "team alone": "Personne d’autre n’a nommé cette équipe. Corrigez la réponse, ou tapez Éligible : et la catégorie "
    "dans la colonne Decision si personne d’autre ne vient avec elle.",
    "team apart": "Vient avec une équipe, et le classement ne décide pas pour {others}, qui en font partie. Attendez "
    "que ce soit réglé, ou tapez Éligible : et la catégorie pour chaque personne qui concourt sans eux.",
    "missing answer": "Pas de réponse à {questions:named}, dont dépendent les places. Ajoutez-la, ou tapez la "
    "suite à donner dans la colonne Decision.",
    "disagree": "Les notes dans {questions:named} diffèrent de plus de {most}. Corrigez-les, ou tapez la suite à "
    "donner dans la colonne Decision.",
    "not there yet": "Attend {questions:named} : personne n’apprend la suite donnée avant que ce soit rempli.",
    # --- column Reason: what became of the places ---
    "offered": "Une place est proposée : {parts:parts}.",
    "rank": "rang {rank}",
    "rank in tier": "groupe {tier}, rang {rank}",
    "from the list": "depuis la liste d’attente",
    "waiting": "Sur la liste d’attente : {taken} ; numéro {position} si une place{limits} se libère.",
    "waiting, formerly": "Sur la liste d’attente : {taken} ; numéro {position} si une place{limits} "
    "se libère.",
    "waiting as a team": "Sur la liste d’attente : vient avec une équipe de {number}, dès qu’il y a de la place pour "
    "tout le monde.",
    "team followed": "Une place est proposée : l’équipe de {others} a reçu ses places en entier.",
    "for limits": " pour {names}",
    "only place": "la seule place{limit} est prise",
    "all places": "les {number} places{limit} sont prises",
    "taken": "{places}",
    "lapsed": "Aucune réponse jusqu’au {by} : l’offre a expiré.",
    "lacking": "A dit oui, mais n’est pas encore confirmé : il manque ce que l’appel exige pour {headers:named}.",
    "too short": "Une place est libre, mais il reste trop peu de temps pour répondre : "
    "demandez vous-même à cette personne.",
    "offers closed": "Le dernier jour des offres est passé.",
    "passed over": "N’a pas eu la place libre : {obstacle:parts}.",
    "passed over on": "N’a pas eu la place libre le {on:day} : {obstacle:parts}.",
    "obstacle": "{obstacle:parts}",
    "no place, full": "Pas de place : {obstacle:parts}, et la liste d’attente est pleine.",
    "no place, closed": "Pas de place : {obstacle:parts}, et la liste d’attente est close.",
    "at least": "{name} (au moins {bound})",
    "beside": "à côté de ceux qui ont un meilleur rang, {cause}",
    "needed": "nécessaire pour {rules}",
    "needed together": "nécessaire pour {rules}, pris ensemble",
    "needed together of nothing": "vient à côté de ceux qu’exigent les minimums",
    "no places": "toutes les places étaient déjà prises",
    "taken before": "toutes les places vont à ceux qui ont un meilleur rang",
    "minimum": "empêcherait {rules:or}",
    "empty": "laisserait une place vide",
    "team": "il n’y a pas de place pour toute l’équipe",
    "tier": "laisserait moins de places aux meilleurs groupes",
    "wish": "rendrait le groupe moins équilibré que souhaité",
    "tie": "le tirage au sort entre égaux a décidé autrement",
    "unproved": "le temps a manqué pour en dire plus",
    # --- column Reason: what only explains a row ---
    "newer response": "Une réponse plus récente de la même personne compte.",
    "taken over": "Annoncé le {on:day} ; repris sans sa raison.",
    "not kept": "Les réponses ne sont plus conservées.",
    # --- what needs a person: where ---
    "row": "ligne {row}",
    "rows": {
        "one": "{number} ligne",
        "other": "{number} lignes",
    },
    "column of row": "ligne {row}, colonne « {header} »",
    "applicant": "candidature {reference}",
    "applicant in row": "{reference} (ligne {row})",
    "message to applicant": "candidature {reference}, message « {kind:kind} »",
    "the letters": "les messages",
    "the run": "le passage",
    "places here": "places",
    "the waiting list": "la liste d’attente",
    "mail": "messagerie",
    "cell of tab": "onglet Convene, {control:control}",
    "where and what": "{where} : {what}",
    # --- what needs a person: rows ---
    "to review": "à examiner",
    "to review: do": "La colonne Reason dit pourquoi. Tapez la suite à donner dans la colonne Decision",
    "unknown to Convene": "Convene ne connaît pas ce mot, il n’a rien décidé",
    "unknown to Convene: do": "Tapez l’un de ces mots : {words:words}",
    "unknown, near: do": "Vouliez-vous dire « {near:words} » ? Mots possibles : {words:words}",
    "misfit here": "le mot ne va pas avec la situation de la personne, il n’a rien décidé",
    "misfit here: do": "Le motif demande ce que vous voulez dire",
    "older row's word": "un mot se trouve à la ligne d’une réponse plus ancienne de la même personne, il n’a "
    "rien décidé",
    "older row's word: do": "Tapez-le dans cette ligne, ou effacez-le là-bas",
    "whose word": "on ne sait pas quelle personne est visée, ou les deux ont déjà reçu un message : rien "
    "n’a été décidé",
    "whose word: do": "Tapez « {same:words}: » suivi de la référence de l’autre ligne, ou effacez-le",
    "row vanished": "a le statut « {status:status} » et n’a plus de ligne",
    "row vanished: do": "Remettez la ligne ; pour libérer la place, tapez-y Désistement et supprimez-la "
    "après le prochain passage",
    "cell shows fault": "la cellule affiche {fault}",
    "cell shows fault: do": "Corrigez la cellule ; le prochain passage relira la ligne",
    "answer too long": "la réponse a {length} caractères, plus de {most}",
    "answer too long: do": "Raccourcissez-la ; le prochain passage relira la ligne",
    "stamp of odd year": "un horodatage de l’année {year}",
    "stamp unreadable": "l’horodatage est illisible",
    "no stamp": "pas d’horodatage",
    "stamp: type it": "Tapez la date et l’heure, comme 2023-07-14 09:30:00",
    "stamp: describe it": "Tapez-le comme 2023-07-14 09:30:00, ou réglez timestamp_formats dans "
    "config/call.yaml (docs/form.md)",
    "format in call": "config/call.yaml, timestamp_formats « {format} »",
    "format idle": "ne convient à aucun horodatage de la feuille, et certains sont illisibles",
    "format idle: do": "Corrigez-le, ou enlevez-le ; docs/form.md montre comment l’écrire",
    "no address": "pas d’adresse électronique",
    "no address: do": "Tapez l’adresse, ou supprimez la ligne",
    "addresses": "plus d’une adresse électronique dans la cellule",
    "addresses: do": "Laissez celle à laquelle écrire",
    "bad address": "cette adresse électronique ne peut pas recevoir de message",
    "bad address: do": "Corrigez l’adresse",
    "odd letters": "des lettres devant le @ qui n’ont que l’air de lettres simples",
    "odd letters: do": "Retapez l’adresse",
    "copy": "la même réponse se trouve plusieurs fois dans la feuille",
    "copy: do": "Supprimez la copie",
    "not given": "cette référence ne vient pas de ce registre",
    "not given: do": "Videz la cellule Reference de cette ligne",
    "stamp taken": "l’horodatage est celui de la réponse d’une autre personne",
    "stamp taken: do": "Annulez le tri ou le collage, ou videz la cellule Reference de cette ligne",
    "other address": "l’adresse n’est pas celle de cette référence",
    "other address: do": "Tapez dans Decision Adresse corrigée si vous l’avez corrigée, Autre personne si "
    "quelqu’un d’autre a répondu ici ; ou annulez le tri",
    "moved word": "les cellules de Convene étaient ici celles d’une autre ligne, et une Decision a pu se "
    "déplacer avec elles",
    "moved word: do": "Vérifiez que la Decision est juste pour la personne qui a répondu à cette ligne, "
    "puis videz la cellule Reference",
    "bare word": "la référence de la personne qui a répondu ici se trouve à une autre ligne, et une "
    "Decision a pu se déplacer avec elle",
    "bare word: do": "Vérifiez que la Decision est juste aux deux lignes, puis videz la cellule Reference "
    "de l’autre",
    "spoilt": "une autre ligne de la même adresse est à vérifier d’abord",
    "spoilt: do": "Réparez cette autre ligne",
    "nothing held": "Effacée : Convene ne conserve plus rien de cette personne",
    "nothing held: do": "Supprimez la ligne",
    "erased before": "Une personne avec cette adresse a été effacée",
    "erased before: do": "Si c’est une nouvelle candidature, tapez un mot dans Decision ; sinon, supprimez "
    "la ligne",
    "flood": "plus de personnes ont postulé d’un coup que limits.messages_per_run ne permet ({most}) : "
    "rien n’est décidé et personne ne reçoit de message",
    "crowd": "plus de personnes ont postulé depuis une même boîte que limits.applicants_per_mailbox ne "
    "permet ({most}) : rien n’est décidé et personne ne reçoit de message",
    "crowd: do": "Supprimez les lignes qui ne sont pas des candidatures, tapez un mot dans Decision⟦, ou "
    "admettez-les toutes : `convene run --newcomers`⟧",
    # --- what needs a person: letters, answers and places ---
    "lacking yes": "a dit oui à une offre, et ce que l’appel exige d’un oui n’est pas là "
    "(offers.confirm_requires)",
    "unanswered offer": "une place a été proposée, et il n’y a pas eu de réponse au {until}",
    "unanswered offer: do": "Demandez à la personne ; puis tapez Confirmée ou Désistement dans la colonne "
    "Decision",
    "quota missed": "{rule} en a {count}, au moins {bound} demandés",
    "quota missed: do": "Aucun choix restant ne fait mieux. Invitez quelqu’un par un mot dans Decision, ou "
    "baissez le nombre",
    "probably one": "probablement une seule réponse à « {header} » : {names:named}. Chacune compte à part, et ensemble "
    "elles dépasseraient {most}",
    "probably one team": "probablement une seule équipe à « {header} » : {names:named}. Chacune est prise "
    "pour une équipe à part",
    "probably one: do": "Si c’est le cas, nommez les autres parmi ses aliases sous columns dans config/call.yaml ; "
    "sinon, marquez ceci comme vu",
    "line of call": "config/call.yaml:{line}",
    "rule idle": "personne n’a répondu {answers:named} à {header:quoted} : la règle ne compte personne",
    "rule idle, where": "{title:quoted} ne convient à personne : la règle ne compte personne",
    "rank idle": "aucune réponse à {headers:named} n’est un nombre ni un jour : ce rang ne classe personne",
    "rule idle: do": "Corrigez-y la règle, ou marquez ceci comme vu",
    "answers awaited": {
        "one": "personne n’apprend la suite donnée : {number} candidature attend une réponse à {headers:named}",
        "other": "personne n’apprend la suite donnée : {number} candidatures attendent une réponse à {headers:named}",
    },
    "answers awaited: do": "Remplissez ce qui manque, ou tapez la suite à donner dans la colonne Decision",
    "over capacity": "{filled} ont une place, et il y en a {capacity}",
    "over capacity: do": "Aucune personne invitée n’est écartée. Augmentez places.capacity dans "
    "config/call.yaml, ou demandez qui cède sa place",
    "torn team": "l’équipe de {here} a des places, et {gone} y a renoncé",
    "torn team: do": "Rien n’est retiré. Décidez si les autres viennent quand même ; puis marquez-le comme vu",
    "team too large": "l’équipe de {team} est plus grande que ne le permet {rules}",
    "team too large: do": "Elle attend tant qu’il en est ainsi. Augmentez le nombre dans "
    "config/call.yaml, ou décidez dans la colonne Decision",
    "the call": "l’appel",
    "value differs": "{name:quoted} est maintenant {now:quoted}, et était {was:quoted}",
    "value gone": "{name:quoted} n’existe plus, et était {was:quoted}",
    "meeting cancelled": "la rencontre est annulée",
    "meeting goes on": "la rencontre a finalement lieu",
    "told otherwise": "{difference} ; autre chose a été annoncé à : {who}",
    "told otherwise: do": "Approuvez les messages « {kind:kind} », ou revenez en arrière. D’ici là, ou tant que ceci "
    "n’est pas marqué comme vu, ces personnes ne reçoivent ni rappel ni autre message de ce genre",
    "meeting cancelled: do": "Approuvez les messages « {kind:kind} ». Rien d’autre ne part tant que la rencontre "
    "est annulée",
    "no such letter: do": "Écrivez-leur vous-même, ou nommez un modèle pour {kind} sous messages "
    "dans config/call.yaml",
    "choice not proved": "le choix n’est pas prouvé ({method})",
    "choice not proved: do": "Donnez-lui plus de secondes avec places.time_limit dans config/call.yaml",
    "method fallback": "la limite de temps était atteinte",
    "method doubtful": "la réponse du solveur ne tenait pas",
    "one of groups": "{names:or}",
    "answered group": "{question} {answers:named_or}",
    "titled group": "{title}, {name}",
    "another answer": "une autre réponse à {question:named}",
    "everybody but": "tous sauf {names}",
    "not sent": "pas envoyé, parce que {why}",
    "not sent: do": "Le prochain passage décidera de nouveau et en écrira un autre",
    "letter unwritable": "le message « {kind:kind} » ne peut pas être écrit avec ces réponses",
    "letter unwritable: do": "⟦Lancez `convene check` ; ⟧corrigez la réponse ou le modèle",
    "letter refused": "il a été refusé",
    "letter refused with": "il a été refusé : {reply}",
    "letter refused: do": "Supprimez la cause, puis tapez Renvoyer sous Decision ; ou joignez la personne "
    "autrement, puis tapez Remis ; Désistement met aussi fin à cet avis",
    "copies of kind": "copies de « {kind:kind} » pour l’organisation",
    "copies lost": {
        "one": "une a été refusée, ou sa réponse s’est perdue ({reply})",
        "other": "{number} ont été refusées, ou leurs réponses se sont perdues ({reply})",
    },
    "copies lost: do": "Vérifiez `copy_to` dans config/call.yaml ; elles ne sont pas renvoyées, "
    "notez donc ceci comme vu",
    "letter in doubt": "il a pu arriver, la réponse du serveur s’est perdue",
    "letter in doubt: do": "Demandez à la personne, ou regardez le journal du serveur de messagerie ; puis "
    "tapez Remis ou Renvoyer sous Decision",
    "overtaking": "l’apprendrait avant d’autres qui passent d’abord",
    "overtaking: do": "Lancez le passage pour tous, sans --only",
    "decisions put off": {
        "one": "{number} décision remise : une personne qui passe avant ne peut pas recevoir son message",
        "other": "{number} décisions remises : une personne qui passe avant ne peut pas recevoir son message",
    },
    "decisions put off: do": "Rectifiez ce message, ou tapez la suite à donner pour cette personne dans la "
    "colonne Decision",
    "letters wait": {
        "one": "{number} message attend votre accord",
        "other": "{number} messages attendent votre accord",
    },
    "letters wait: do": "Tapez {code} à côté de « {control:control} », ou ok aux lignes dont les "
    "lettres peuvent partir",
    "danger: do": "Si c’est juste, tapez {code} à côté de « {control:control} »",
    "stale: do": "Rien n’est envoyé ni écrit avant",
    "reached nobody": {
        "one": "{number} message n’est allé que dans la boîte locale et n’a atteint personne",
        "other": "{number} messages ne sont allés que dans la boîte locale et n’ont atteint personne",
    },
    "reached nobody: do": "Pour recommencer, supprimez le dossier state/ et les colonnes de Convene dans "
    "la feuille",
    "not understood": "{text:short} n’est pas compris",
    "pause: do": "Tapez oui ou non ; d’ici là, rien n’est envoyé",
    "freeze: do": "Tapez oui ou non ; d’ici là, personne n’est promu",
    "code: do": "Tapez le code qui figure à côté",
    "seen: do": "Tapez des codes de la liste ci-dessous, séparés par une espace",
    # --- what needs a person: a sheet of Google's ---
    "column lost": "la colonne « {header} » a perdu son en-tête",
    "column lost: do": "Retapez « {header} » dans sa première cellule ; Convene connaît encore la colonne",
    "column renamed": "la colonne « {header} » a maintenant l’en-tête « {now} »",
    "own column renamed: do": "Retapez « {header} » dans sa première cellule ; Convene connaît la colonne "
    "de toute façon, et ne le dit qu’une fois",
    "column renamed: do": "Retapez « {header} » dans sa première cellule, ou écrivez « {now} » à sa place "
    "sous columns dans config/call.yaml ; Convene connaît la colonne de toute façon, et ne le dit qu’une "
    "fois",
    "unknown zone": "Convene ne connaît pas son fuseau horaire ; les heures sont lues dans celui de l’appel",
    "unknown zone: do": "Choisissez un fuseau par ville sous « Fichier », « Paramètres »",
    "tab renamed": "l’onglet « {wanted} » s’appelle maintenant « {now} »",
    "tab renamed: do": "Rendez-lui son nom, ou écrivez « {now} » comme sheet.tab dans config/service.yaml "
    "; Convene suit sa marque, et ne le dit qu’une fois",
    "tab replaced": "l’onglet « {wanted} » s’appelle maintenant « {now} », et un autre porte son nom",
    "tab replaced: do": "Écrivez « {now} » comme sheet.tab dans config/service.yaml ; Convene suit sa "
    "marque, et ne le dit qu’une fois",
    "responses elsewhere": {
        "one": "{number} réponse de l’onglet « {tab} » est plus récente que toutes celles d’ici : le "
        "formulaire écrit-il là maintenant ?",
        "other": "{number} réponses de l’onglet « {tab} » sont plus récentes que toutes celles d’ici : le "
        "formulaire écrit-il là maintenant ?",
    },
    "responses elsewhere: do": "Si « {tab} » contient aussi les réponses précédentes, écrivez-le comme "
    "sheet.tab dans config/service.yaml ; sinon, déplacez les nouvelles vers « {here} » et reliez de "
    "nouveau le formulaire à cette feuille de calcul",
    # --- the tab Convene: the organisers' cells ---
    "control pause": "Pause",
    "control freeze": "Bloquer les promotions",
    "control approve": "Tout approuver",
    "control accept": "Accepter le risque",
    "control run_now": "Lancer maintenant",
    "control seen": "Vu",
    "switch yes": "oui",
    "switch no": "non",
    "bare": "{text:bare}",
    # --- the tab Convene: what stands beside the organisers' cells ---
    "neither, pause": "{text:short} n’est ni oui ni non. Rien n’est envoyé tant que vous n’avez pas tapé "
    "l’un des deux.",
    "paused": "Rien n’est envoyé tant que vous n’avez pas tapé non.",
    "paused, waiting": {
        "one": "Rien n’est envoyé tant que vous n’avez pas tapé non. {number} message attend.",
        "other": "Rien n’est envoyé tant que vous n’avez pas tapé non. {number} messages attendent.",
    },
    "pause": "oui : Convene continue à décider et à montrer, et n’envoie rien.",
    "neither, freeze": "{text:short} n’est ni oui ni non. C’est compris comme oui tant que vous n’avez pas "
    "tapé l’un des deux.",
    "promotion frozen": "Personne ne reçoit une place qui se libère tant que vous n’avez pas tapé non. Vos "
    "mots sous Decision comptent toujours.",
    "freeze": "oui : les places qui se libèrent ne sont pas proposées à la liste d’attente.",
    "code followed": "{code} a été suivi. {then}",
    "code wrong": "{text:short} n’est pas le code. {then}",
    "approve nothing": "Rien n’attend votre accord.",
    "approve": "Tapez {code} pour envoyer ce qui est proposé : {letters}.",
    "accept new machine": "Tapez {code} si Convene a changé de machine et ne tourne plus nulle part "
    "ailleurs.",
    "accept nothing": "Rien ne s’oppose à continuer.",
    "accept": "Tapez {code} pour continuer quand même : {danger:brief}",
    "run now": "N’importe quoi de nouveau, comme 1, puis 2 : Convene passe à sa prochaine heure.",
    "run now within": {
        "one": "N’importe quoi de nouveau, comme 1, puis 2 : Convene passe dans {number} minute au plus, "
        "ou à sa prochaine heure.",
        "other": "N’importe quoi de nouveau, comme 1, puis 2 : Convene passe dans {number} minutes au "
        "plus, ou à sa prochaine heure.",
    },
    "seen odd": "{text:short} n’est le code d’aucune ligne ci-dessous.",
    "seen unknown": "{text:short} n’est pas, ou n’est plus, le code d’une ligne ci-dessous.",
    "seen": "Codes des lignes ci-dessous dont vous avez pris note : elles ne comptent plus. Une espace "
    "entre deux.",
    # --- the tab Convene: its parts ---
    "day": "{on}",
    "moment": "{on}, {at}",
    "looked here": "Dernier passage de Convene ici : {on}",
    "could not look": "Convene n’a pas pu faire son travail le {on}",
    "nothing read": "Rien n’a encore été lu.",
    "for tab": "{text:tab}",
    "nothing needs you": "Rien ne vous attend",
    "needs you": "Ce qui vous attend ({number})",
    "head who or what": "Qui ou quoi",
    "head code": "Code",
    "head what": "Quoi",
    "head what to do": "Que faire",
    "head since": "Depuis",
    "the last run": "Le dernier passage",
    "code seen": "{code} (vu)",
    "coming": "Qui vient ({number})",
    "not coming": "Toutes les autres personnes ({number})",
    "head name": "Nom",
    "head status": "Statut",
    "head category": "Catégorie",
    "numbers": "Chiffres",
    "head people": "Personnes",
    "people by status": "Personnes par statut",
    "places by quota": "Places par quota",
    "head places": "Places",
    "head given": "Données ou proposées",
    "head bound": "Fixées par les règles",
    "every place": "Toutes les places",
    "quota at least": "{name} (au moins)",
    "quota at most": "{name} (au plus)",
    "quota wished for": "{name} (souhaité)",
    "responses a day": "Réponses par jour",
    "head day": "Jour",
    "head responses": "Réponses",
    "happened last": "Ce qui s’est passé",
    "nothing yet": "Rien encore.",
    "run did": "{parts:sentence}",
    "rows updated": {
        "one": "{number} ligne de la feuille mise à jour",
        "other": "{number} lignes de la feuille mises à jour",
    },
    "run not finished": "pas mené à terme : {said:bare}",
    "run looked": "a parcouru les réponses",
    "sent letters": "envoyé : {letters}",
    "became deferred": "{number} remis à plus tard par le serveur de messagerie",
    "became refused": {
        "one": "{number} refusé par le serveur de messagerie",
        "other": "{number} refusés par le serveur de messagerie",
    },
    "became in doubt": {"one": "{number} incertain", "other": "{number} incertains"},
    "became held": {
        "one": "{number} non envoyé, parce que quelque chose a changé",
        "other": "{number} non envoyés, parce que quelque chose a changé",
    },
    "became cancelled": {"one": "{number} annulé", "other": "{number} annulés"},
    "happens next": "La suite",
    "waiting now": "En attente",
    "every day at": "Chaque jour à {times}",
    "reads and does": "Convene lit les réponses et fait ce qui est à faire.",
    "call opens": "L’appel ouvre.",
    "last moment": "Dernier moment pour postuler à temps.",
    "reply asked": "Les personnes invitées sont priées de répondre jusque-là.",
    "meeting begins": "La rencontre commence. Plus aucune place n’est donnée selon le rang.",
    "meeting ends": "La rencontre se termine.",
    "people erased": "Ce que Convene conserve sur les personnes est effacé.",
    "decisions wait": "À partir de là, les décisions attendent votre accord, et sont envoyées dès que vous "
    "le donnez.",
    "decisions sent": "À partir de là, les décisions sont envoyées aux candidats.",
    "decisions sent, some wait": "À partir de là, les décisions sont envoyées aux candidats. Certaines "
    "attendent d’abord votre accord.",
    # --- letters, counted ---
    "listed": "{items}",
    "count invitation": {
        "one": "{number} invitation",
        "other": "{number} invitations",
    },
    "count not_selected": {
        "one": "{number} refus",
        "other": "{number} refus",
    },
    "count received": {
        "one": "{number} accusé de réception",
        "other": "{number} accusés de réception",
    },
    "count letters": {
        "one": "{number} message « {kind} »",
        "other": "{number} messages « {kind} »",
    },
    # --- letters that wait for a later run ---
    "messages wait": {
        "one": "{number} message attend : {why}.",
        "other": "{number} messages attendent : {why}.",
    },
    "wait put off": "{number} remis à plus tard par le serveur de messagerie",
    "wait stopped": "{number} parce que l’envoi s’est arrêté",
    "wait held": "{number} parce que la feuille a changé entre-temps",
    "wait day": "{number} à cause de la limite du jour (messages_per_day)",
    "wait asked": "{number} à cause de --limit",
    "wait paused": "{number} à cause de Pause dans l’onglet Convene",
    "wait settling": "{number} au cas où un mot dans Decision changerait (settle_minutes)",
    "wait, in short": "{why}.",
    "wait again": "{waits} Prochain essai le {day} à {time}.",
    # --- dangers ---
    "sheet emptied": "{title} : il n’y a aucune réponse ; au dernier passage il y en avait {before}. Voyez "
    "si c’est le bon onglet : nommez celui où le formulaire écrit comme sheet.tab dans config/service.yaml, "
    "ou remettez les lignes.",
    "rows vanished": {
        "one": "La feuille a {number} ligne ; elle en avait {before} au dernier passage.",
        "other": "La feuille a {number} lignes ; elle en avait {before} au dernier passage.",
    },
    "answers altered": {
        "one": "Des réponses dans {columns:named} ont changé à {number} ligne, comme si des colonnes "
        "avaient été triées seules ou un bloc collé par-dessus. Annulez cela ; si vous les avez corrigées, "
        "acceptez le risque.",
        "other": "Des réponses dans {columns:named} ont changé à {number} lignes, comme si des colonnes "
        "avaient été triées seules ou un bloc collé par-dessus. Annulez cela ; si vous les avez corrigées, "
        "acceptez le risque.",
    },
    "keys taken": {
        "one": "{number} ligne porte {columns:named_or} d’une autre réponse, comme si des colonnes avaient "
        "été triées seules ou un bloc collé par-dessus. Annulez cela.",
        "other": "{number} lignes portent {columns:named_or} d’une autre réponse, comme si des colonnes "
        "avaient été triées seules ou un bloc collé par-dessus. Annulez cela.",
    },
    "event over": {
        "one": "La rencontre s’est terminée le {on}, et {number} message partirait.",
        "other": "La rencontre s’est terminée le {on}, et {number} messages partiraient.",
    },
    "too much mail": {
        "one": "{number} message partirait ; limits.messages_per_run dans config/service.yaml en permet "
        "{most}.",
        "other": "{number} messages partiraient ; limits.messages_per_run dans config/service.yaml en "
        "permet {most}.",
    },
    "rehearsal mails": "--as-of fixe une date fictive, et des messages partiraient vraiment par {host}.",
    "ledger behind": "{title} : {why}. Restaurez le registre plus récent (tout le dossier state/)⟦, ou "
    "voyez ce que `convene adopt` reprendrait⟧.",
    "rows unknown": {
        "one": "{number} ligne montre une référence, un statut ou un message que ce registre ne connaît pas",
        "other": "{number} lignes montrent une référence, un statut ou un message que ce registre ne "
        "connaît pas",
    },
    "rows of another ledger": {
        "one": "{number} ligne montre une référence, un statut ou un message d’un autre registre, qui a "
        "écrit ici lors de son passage {run}",
        "other": "{number} lignes montrent une référence, un statut ou un message d’un autre registre, qui "
        "a écrit ici lors de son passage {run}",
    },
    "another ledger sending": "un autre registre envoyait lors de son passage {run}, et n’a pas montré ici "
    "ce qu’il a envoyé",
    "later run wrote": "le passage {run} de ce registre a écrit ici, et le fichier ne connaît que {known}",
    "time is over": "le jour jusqu’auquel il est vrai est passé",
    "not as planned": "ce n’est pas ce qui était prévu et approuvé",
    # --- notices to organisers ---
    "needs, in a notice": "{where_and_what:beginning}. {advice:tab}",
    "named": "{what} : {names}",
    "people to review": {
        "one": "{number} personne à examiner",
        "other": "{number} personnes à examiner",
    },
    "rows to check": {
        "one": "{number} ligne à vérifier",
        "other": "{number} lignes à vérifier",
    },
    "words not understood": {
        "one": "{number} mot sous Decision qui n’est pas compris",
        "other": "{number} mots sous Decision qui ne sont pas compris",
    },
    "letters in doubt": {
        "one": "{number} message qui n’est peut-être pas arrivé",
        "other": "{number} messages qui ne sont peut-être pas arrivés",
    },
    "letters refused": {
        "one": "{number} message refusé",
        "other": "{number} messages refusés",
    },
    "offers unanswered": {
        "one": "{number} place proposée restée sans réponse à temps",
        "other": "{number} places proposées restées sans réponse à temps",
    },
    "part needs you": "Vous attend",
    "part ends tomorrow": "Se termine demain",
    "part decided": "Décidé",
    "part sent": "Envoyé",
    "part waits": "Attend un prochain passage",
    "part unfinished": "Le passage n’a pas été mené à terme",
    "part what to do": "Que faire",
    "decided Offered": "{number} : place proposée",
    "decided Waiting list": "{number} sur la liste d’attente",
    "decided Not selected": {"one": "{number} non retenue", "other": "{number} non retenues"},
    "decided Ineligible": "{number} hors du public visé",
    "decided Confirmed": {"one": "{number} confirmée", "other": "{number} confirmées"},
    "decided Withdrawn": {"one": "{number} désistement", "other": "{number} désistements"},
    "decided Expired": {"one": "{number} expirée", "other": "{number} expirées"},
    "decided No show": "{number} absences",
    "decided Cancelled": "{number} invitations annulées",
    "decided otherwise": "{number} : {status}",
    "sent of kind": "{number} × {kind}",
    "offers to answer": {
        "one": "{number} place proposée, réponse attendue au plus tard le {until} : {names}",
        "other": "{number} places proposées, réponse attendue au plus tard le {until} : {names}",
    },
    "headline": "{parts:commas}",
    "letters sent": {
        "one": "{number} message envoyé",
        "other": "{number} messages envoyés",
    },
    "people decided": {
        "one": "{number} décision",
        "other": "{number} décisions",
    },
    "things need you": {
        "one": "{number} chose vous attend",
        "other": "{number} choses vous attendent",
    },
    "offers end": {
        "one": "{number} proposition se termine demain",
        "other": "{number} propositions se terminent demain",
    },
    "run unfinished": "Le passage n’a pas été mené à terme",
    "could not run": "Convene n’a pas pu tourner",
    "digest foot": "Vous recevez ceci après un passage qui a quelque chose à dire, car votre adresse "
    "figure dans config/service.yaml.",
    "alert foot": "Vous recevez ceci une fois par jour pour une même cause, jusqu’à ce qu’elle soit "
    "réglée, car votre adresse figure dans config/service.yaml.",
    "open sheet": "Ouvrir la feuille",
    "sheet at": "La feuille : {link}",
    "subject": "{headline} ({title})",
    # --- why a run failed: what a command says stands behind it in English ---
    "failed ConfigError": "La configuration est à corriger ({said:bare}).",
    "failed HeaderError": "Une colonne de la feuille manque ou est en double ({said:bare}).",
    "failed SheetError": "La feuille ne peut pas être lue ou écrite ({said:bare}).",
    "failed SheetBusy": "La feuille est occupée ; le prochain passage réessaiera ({said:bare}).",
    "failed LedgerError": "Le registre ne peut pas être utilisé ; rien n’est envoyé sans lui ({said:bare}).",
    "failed StateError": "Un fichier de Convene ne peut pas être utilisé ({said:bare}).",
    "failed StaleLedger": "La feuille connaît des passages que ce registre ignore ; rien n’est envoyé "
    "({said:bare}).",
    "failed MailUnavailable": "Le serveur de messagerie ne prend rien pour l’instant ; tous les messages "
    "sont gardés ({said:bare}).",
    "failed MailRejectsUs": "Le serveur de messagerie nous refuse ; tous les messages sont gardés "
    "({said:bare}).",
    "failed TooManyDoubts": "Trop de messages sont incertains ; l’envoi s’est arrêté ({said:bare}).",
    "failed TemplateError": "Un modèle de message est à corriger ; rien n’est envoyé ({said:bare}).",
    "failed UnsafePlan": "Quelque chose demande votre accord avant que Convene continue ({said:bare}).",
    "failed StopRequested": "Le passage a été interrompu ; le prochain continuera ({said:bare}).",
    "failed otherwise": "Convene s’est arrêté ({said:bare}).",
    # --- notices: people ---
    "reference in row": "{reference} (ligne\u00a0{row})",
    # --- replies of invited people ---
    "idle replies": {
        "one": "{number} réponse qui ne décide rien sans vous",
        "other": "{number} réponses qui ne décident rien sans vous",
    },
    # --- notes beside headers and cells of the responses ---
    "note: own column": "Convene écrit cette colonne. Ce que vous y tapez est écrasé ; utilisez {columns}.",
    "note: decision": "Pour les organisateurs : {words:or}. Cela l’emporte sur les règles et le classement "
    "; laissez vide pour les laisser décider.",
    "note: organisers": "Pour les organisateurs : écrivez ici ce que vous voulez. Convene ne le change "
    "jamais.",
    "note: other word, title": "Pas une décision",
    "note: other word": "Convene connaît les mots de la liste, même avec un commentaire, et vous "
    "interroge sur les autres. Garder ce que vous avez tapé ?",
    # --- what needs a person: replies to offers, and letters that came too late ---
    "reply early": "a répondu par le formulaire de réponse avant que la place soit proposée, d’après "
    "l’horodatage : cela n’a rien décidé",
    "reply idle": "a dit oui par le formulaire de réponse, et aucune place n’est proposée : cela n’a rien "
    "décidé",
    "reply idle: do": "Demandez à la personne, ou tapez la suite à donner dans la colonne Decision",
    "reply of wrong address": "une réponse porte cette référence et une autre adresse : elle ne compte pas",
    "reply of wrong reference": "une réponse vient de cette adresse et porte une autre référence : elle ne "
    "compte pas",
    "reply neither": "la réponse la plus récente ne dit ni oui ni non",
    "reply both": "des réponses de la même heure disent oui et non",
    "reply without time": "une réponse n’a pas d’heure lisible, ou une heure à venir : elle ne compte pas",
    "reply of stranger": "une réponse ne porte ni la référence ni l’adresse de quelqu’un des candidatures",
    "reply in row": "{what} (ligne {row} de l’onglet « {tab} »)",
    "reply: do": "Demandez à la personne, puis tapez Confirmée ou Désistement dans la colonne Decision",
    "reply of stranger: do": "Si vous savez de qui elle vient, tapez Confirmée ou Désistement à la ligne "
    "de cette personne ; supprimez ce qui n’est à personne",
    "rows of tab": {
        "one": "onglet « {tab} », ligne {rows}",
        "other": "onglet « {tab} », lignes {rows}",
    },
    "no reply tab": "il n’y a pas d’onglet « {tab} » avec les réponses : aucune ne compte à ce passage, et "
    "aucune place proposée n’expire",
    "no reply tab: do": "Rendez son nom à l’onglet, ou corrigez replies.tab dans config/call.yaml",
    "reply columns": "{faults} : aucune réponse ne compte à ce passage, et aucune place proposée n’expire",
    "no column headed": "aucune colonne ne s’appelle « {header} »",
    "several columns headed": "plus d’une colonne s’appelle « {header} »",
    "reply columns: do": "Remettez l’en-tête, ou corrigez-le sous replies dans config/call.yaml",
    "message of kind": "message « {kind} »",
    "letters missed": {
        "one": "{number} message n’est pas parti avant le {until} ; il ne sert plus à rien",
        "other": "{number} messages ne sont pas partis avant le {until} ; ils ne servent plus à rien",
    },
    "letters missed: do": "Rien n’est plus envoyé ; écrivez vous-même à ces personnes s’il leur manque "
    "quelque chose",
    # --- which column may be meant ---
    "full stop": "{text:sentence}",
    "too few columns": {
        "one": "« {name} » est l’en-tête de {number} colonne, et config/call.yaml en demande plus : « "
        "header » en est une, chacune de « branches » une autre, « nth » les compte",
        "other": "« {name} » est l’en-tête de {number} colonnes, et config/call.yaml en demande plus : « "
        "header » en est une, chacune de « branches » une autre, « nth » les compte",
    },
    "column perhaps renamed": "« {header} » est peut-être la colonne « {name} », renommée",
    "column by its content": "« {header} » est peut-être la colonne « {name} », d’après son contenu",
    # --- what speaks against this machine ---
    "unwitnessed": {
        "one": "Ce registre a envoyé {number} message, et rien sur cette machine n’en témoigne : c’est "
        "peut-être une vieille copie, ou une autre machine continue avec lui. {begin}, placez ici la copie "
        "la plus récente de tout le dossier.",
        "other": "Ce registre a envoyé {number} messages, et rien sur cette machine n’en témoigne : c’est "
        "peut-être une vieille copie, ou une autre machine continue avec lui. {begin}, placez ici la copie "
        "la plus récente de tout le dossier.",
    },
    "another ledger here": {
        "one": "Un autre registre a envoyé {number} message de cet appel depuis ce dossier, et celui-ci "
        "commence comme si rien n’avait été envoyé. {begin}, remettez le dossier state/.",
        "other": "Un autre registre a envoyé {number} messages de cet appel depuis ce dossier, et celui-ci "
        "commence comme si rien n’avait été envoyé. {begin}, remettez le dossier state/.",
    },
    "first run here": "Si c’est juste, dites-le une fois⟦ : `convene run --first-run-here`⟧. Sinon",
    "first run here, by code": "Si c’est juste, dites-le une fois : ⟦`convene run --first-run-here`, ou ⟧"
    "tapez {code} à côté de « {control:control} ». Sinon",
    "ledger is an old copy": {
        "one": "Ce registre est une vieille copie : il connaît {number} message, et {sent} avaient été "
        "envoyés au passage {run}. Remettez la copie la plus récente de tout le dossier⟦, ou voyez ce que "
        "`convene adopt` reprendrait⟧.",
        "other": "Ce registre est une vieille copie : il connaît {number} messages, et {sent} avaient été "
        "envoyés au passage {run}. Remettez la copie la plus récente de tout le dossier⟦, ou voyez ce que "
        "`convene adopt` reprendrait⟧.",
    },
    "folder is a copy": "Ce dossier est une seconde copie : le même registre envoie depuis {folder}, qui "
    "existe toujours. Lancez Convene là-bas. Pour continuer ici pour de bon, supprimez cet autre dossier"
    "⟦, ou utilisez `convene adopt --yes`⟧.",
}
