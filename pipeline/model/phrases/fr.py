"""French. Statuses agree with “candidature”."""

from collections.abc import Mapping

PHRASES: Mapping[str, str | Mapping[str, str]] = {
    # --- marks and ways to put sentences together ---
    "quoted": "« {text} »",
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
    "place taken back": "Une place avait été proposée : Convene n’écrit rien à ce sujet, écrivez vous-même.",
    "told from": "Sera annoncé à partir du {on:day}.",
    "unknown word": "{word:quoted} dans Decision n’est pas l’un de ces mots : {words:words}.",
    "older word": "{word:quoted} se trouve dans Decision à la ligne d’une réponse plus ancienne. "
    "Tapez-le dans cette ligne, ou effacez-le là-bas.",
    "nothing to settle": "« {word:words} » ne décide rien : aucun message à cette personne n’est incertain ni refusé.",
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
    "frozen": "Aucune place n’est donnée selon le rang : Bloquer les promotions est activé dans l’onglet Convene.",
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
    # --- column Reason: what became of the places ---
    "offered": "Une place est proposée : {parts:parts}.",
    "rank": "rang {rank}",
    "rank in tier": "groupe {tier}, rang {rank}",
    "from the list": "depuis la liste d’attente",
    "waiting": "Sur la liste d’attente : {taken} ; numéro {position} si une place{limits} se libère.",
    "waiting, formerly": "Sur la liste d’attente : {taken} ; numéro {position} si une place{limits} se libère.",
    "for limits": " pour {names}",
    "only place": "la seule place{limit} est prise",
    "all places": "les {number} places{limit} sont prises",
    "taken": "{places}",
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
    "tier": "laisserait moins de places aux meilleurs groupes",
    "wish": "rendrait le groupe moins équilibré que souhaité",
    "tie": "le tirage au sort entre égaux a décidé autrement",
    "unproved": "le temps a manqué pour en dire plus",
    # --- column Reason: what only explains a row ---
    "newer response": "Une réponse plus récente de la même personne compte.",
    "taken over": "Annoncé le {on:day} ; repris sans sa raison.",
    "not kept": "Les réponses ne sont plus conservées.",
}
