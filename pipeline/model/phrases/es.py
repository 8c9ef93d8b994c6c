"""Spanish. Statuses agree with “solicitud”; organisers are several (“escriban”)."""

from collections.abc import Mapping

PHRASES: Mapping[str, str | Mapping[str, str]] = {
    # --- marks and ways to put sentences together ---
    "quoted": "«{text}»",
    "sentences": "{sentences:joined}",
    "parts": "{parts:parts}",
    "and more": "{number} más",
    "what and advice": "{what:sentence} {advice:sentence}",
    # --- column Status ---
    "status Received": "Recibida",
    "status To review": "Por revisar",
    "status Ineligible": "No admisible",
    "status Offered": "Plaza ofrecida",
    "status Confirmed": "Confirmada",
    "status Waiting list": "Lista de espera",
    "status Not selected": "No seleccionada",
    "status Withdrawn": "Retirada",
    "status Expired": "Caducada",
    "status On hold": "En suspenso",
    "status Superseded": "Sustituida",
    "status Check row": "Revisar la fila",
    "status Erased": "Borrada",
    "status Proposed: offer": "Propuesta: plaza",
    "status Proposed: waiting list": "Propuesta: lista de espera",
    "status Proposed: not selected": "Propuesta: no seleccionada",
    # --- column Decision: what its list offers (more spellings are understood: see docs/sheet.md) ---
    "word Invite": "Invitar",
    "word Waiting list": "Lista de espera",
    "word Decline": "Rechazar",
    "word Hold": "Retener",
    "word Confirmed": "Confirmada",
    "word Withdrawn": "Retirada",
    "word Eligible": "Admisible",
    "word Send again": "Reenviar",
    "word Delivered": "Entregado",
    "word ok": "ok",
    "word Same person": "Misma persona",
    "word Other person": "Otra persona",
    # --- column Last message ---
    "kind invitation": "Invitación",
    "kind waiting_list": "Lista de espera",
    "kind not_selected": "Denegación",
    "kind delayed": "Aviso de retraso",
    "kind received": "Acuse de recibo",
    "message accepted": "{kind}, {time}",
    "message refused": "{kind}: rechazado por el servidor de correo: {reply}",
    "message in doubt": "{kind}: en duda desde {time}, puede haber llegado",
    "message deferred": "{kind}: aplazado por el servidor de correo, se volverá a intentar",
    "message prepared": "{kind}: aún no enviado",
    # --- column Reason: what the rules find ---
    "answer": "{answer:quoted} a {header:named}",
    "slip": "{said:quoted} se leyó como {meant:quoted}",
    "slips": "{slips}.",
    "unanswered": "Sin respuesta a {questions:named}, que las reglas necesitan.",
    "unclear": "Lo tiene que aclarar una persona: la respuesta {answers}.",
    "several categories": "Corresponde a varias categorías: {titles:named}.",
    "no category": "Ninguna categoría corresponde a estas respuestas: {answers}.",
    "late": "Solicitud recibida después de la fecha límite.",
    # --- column Reason: what organisers said ---
    "put in category": "Puesta en esta categoría por la organización.",
    "held": "Retenida por la organización.",
    "decided": "Decidido por la organización: {word:words}.",
    "place taken back": "Antes se había ofrecido una plaza: Convene no escribe sobre ello, háganlo ustedes.",
    "told from": "Se comunicará a partir del {on:day}.",
    "unknown word": "{word:quoted} en Decision no es ninguna de estas palabras: {words:words}.",
    "older word": "{word:quoted} está en Decision en la fila de una respuesta anterior. "
    "Escríbanlo en esta fila, o bórrenlo allí.",
    "nothing to settle": "«{word:words}» no decide nada: ningún mensaje a esta persona está en duda ni rechazado.",
    "heard before": "«{word:words}» ya estaba y se sigue una sola vez. "
    "Bórrenlo, y escríbanlo de nuevo después de la próxima pasada.",
    "over": "«{word:words}» no se sigue: el encuentro ha empezado. "
    "Escriban ustedes a esta persona y luego pongan Entregado.",
    "reviews": {
        "one": "Se comunicará cuando se resuelva {number} revisión, o después del {until:day}.",
        "other": "Se comunicará cuando se resuelvan {number} revisiones, o después del {until:day}.",
    },
    "settles": "Se sigue a partir de {until}, si no lo cambian antes.",
    "changed since": "Aprobaron «{released:status}», y desde entonces {cause}: vuelve a esperar su visto bueno. "
    "Escriban {word} para aprobarlo tal como está ahora.",
    "differs conclusion": "la conclusión es otra",
    "differs kind": "toca enviar otro mensaje",
    "differs to": "la dirección es otra",
    "differs sender": "el mensaje sale de otra dirección",
    "differs target": "la hoja, el registro o el servidor de correo es otro",
    "differs until": "una fecha del mensaje ha pasado o ha cambiado",
    "differs revision": "toca enviar el mensaje de nuevo",
    "differs words": "el texto del mensaje es otro",
    "ok before": "«ok» se escribió antes de esta propuesta. Escriban {word} para aprobarla.",
    "behind": "Se comunicará en cuanto lo sepan quienes van antes.",
    # --- column Reason: what the applicant answered ---
    "said yes": "Antes: {status:status}. Respondió que sí en el formulario de respuesta, el {at}.",
    "said no": "Antes: {status:status}. Respondió que no en el formulario de respuesta, el {at}.",
    # --- column Reason: what a person is asked about ---
    "applied again": "Tiene el estado «{status:status}» desde el {since:day}, y ha vuelto a presentarse.",
    "contradicted": "Tiene el estado «{status:status}» desde el {since:day}, "
    "y las respuestas o las reglas dicen ahora otra cosa:",
    "begun": "El encuentro ha empezado.",
    "turned away": "Hay una plaza libre, pero se rechazó a personas que se habían presentado antes.",
    "uncounted": "Hay una plaza libre, pero los cupos no se pueden contar: "
    "faltan filas de personas con plaza, o están por revisar.",
    "frozen": "No se da ninguna plaza por orden: Congelar ascensos está activado en la pestaña Convene.",
    "ask": "Escriban en la columna Decision qué debe pasar.",
    "same address": "Tiene la dirección de {other}, y otro nombre. "
    "Escriban en la columna Decision: Misma persona u Otra persona, o qué debe pasar.",
    "same name": "Puede ser {other}, con otra dirección. "
    "Escriban en la columna Decision: Misma persona u Otra persona, o qué debe pasar.",
    "whose unclear": "No está claro quién es la misma persona. "
    "Escriban Misma persona: y la referencia de la otra fila.",
    "waits behind": "Puede ser la misma persona que {others}: espera su respuesta.",
    "worse": "Estas respuestas quitarían lo que dan las del {sent:day}. Para que valgan las anteriores, "
    "borren esta fila; si no, escriban en la columna Decision qué debe pasar.",
    "too early": "Lleva una hora del {sent:day}, y la convocatoria se abrió el {opens:day}. "
    "Corrijan la marca de tiempo, o escriban en la columna Decision qué debe pasar.",
    "in the future": "Lleva una hora que aún no ha llegado, el {sent:day}. "
    "Corrijan la marca de tiempo, o escriban en la columna Decision qué debe pasar.",
    "differing": "Hay respuestas distintas en las columnas {questions:named}. "
    "Dejen la que vale, o escriban en la columna Decision qué debe pasar.",
    # --- column Reason: what became of the places ---
    "offered": "Se ofrece una plaza: {parts:parts}.",
    "rank": "puesto {rank}",
    "rank in tier": "grupo {tier}, puesto {rank}",
    "from the list": "desde la lista de espera",
    "waiting": "En la lista de espera: {taken}; número {position} si queda libre una plaza{limits}.",
    "waiting, formerly": "En la lista de espera: {taken}; número {position} si queda libre una plaza{limits}.",
    "for limits": " para {names}",
    "only place": "la única plaza{limit} está ocupada",
    "all places": "las {number} plazas{limit} están ocupadas",
    "taken": "{places}",
    "passed over": "No le tocó la plaza libre: {obstacle:parts}.",
    "passed over on": "No le tocó la plaza libre el {on:day}: {obstacle:parts}.",
    "obstacle": "{obstacle:parts}",
    "no place, full": "Sin plaza: {obstacle:parts}, y la lista de espera está llena.",
    "no place, closed": "Sin plaza: {obstacle:parts}, y la lista de espera está cerrada.",
    "at least": "{name} (al menos {bound})",
    "beside": "junto a quienes tienen mejor puesto, {cause}",
    "needed": "hace falta para {rules}",
    "needed together": "hace falta para {rules}, en conjunto",
    "needed together of nothing": "entra junto a quienes hacen falta para los mínimos",
    "no places": "todas las plazas estaban ya ocupadas",
    "taken before": "todas las plazas son para quienes tienen mejor puesto",
    "minimum": "impediría {rules:or}",
    "empty": "dejaría una plaza vacía",
    "tier": "dejaría menos plazas a grupos mejores",
    "wish": "haría el grupo menos equilibrado de lo deseado",
    "tie": "el sorteo entre iguales decidió otra cosa",
    "unproved": "no hubo tiempo para averiguar más",
    # --- column Reason: what only explains a row ---
    "newer response": "Cuenta una respuesta más reciente de la misma persona.",
    "taken over": "Comunicado el {on:day}; se tomó sin su motivo.",
    "not kept": "Lo que se respondió ya no se conserva.",
}
