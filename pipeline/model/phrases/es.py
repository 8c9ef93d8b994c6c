"""Spanish. Statuses agree with “solicitud”; organisers are several (“escriban”)."""

from collections.abc import Mapping

PHRASES: Mapping[str, str | Mapping[str, str]] = {
    # --- marks and ways to put sentences together ---
    "quoted": "«{text}»",
    "between parts": "; ",
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
    "status No show": "No se presentó",
    "status Cancelled": "Invitación anulada",
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
    "word Cancel": "Anular la invitación",
    "word No show": "No se presentó",
    "word Replace by …": "Sustituir por …",
    "word Extend to …": "Prorrogar hasta …",
    "word Invite as …": "Invitar como …",
    "word Address corrected": "Dirección corregida",
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
    "kind place_withdrawn": "Anulación de la invitación",
    "kind cancelled": "Aviso de cancelación",
    "kind changed": "Aviso de cambio",
    "kind offer_expired": "Oferta caducada",
    "kind reply_reminder": "Recordatorio de respuesta",
    "kind confirmed": "Confirmación",
    "kind withdrawn": "Renuncia anotada",
    "kind waiting_list_closed": "Lista de espera cerrada",
    "kind practical_information": "Información práctica",
    "kind event_reminder": "Recordatorio del encuentro",
    "kind thanks": "Agradecimiento",
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
    "place passed": "La plaza de {other} pasó a esta persona por decisión de la organización.",
    "told by hand": "Convene no envía nada sobre esto: se lo dicen ustedes a la persona.",
    "place taken back": "Antes se había ofrecido una plaza: Convene no escribe sobre ello, háganlo ustedes.",
    "answer by": "Se espera respuesta hasta el {on:day}.",
    "told from": "Se comunicará a partir del {on:day}.",
    "unknown word": "¿Qué significa {word:quoted} en Decision? No es ninguna de: {words:words}. No "
    "se decidió nada por ello.",
    "unknown word, near": "¿Quisieron decir «{near:words}»? Convene no conoce {word:quoted} en "
    "Decision, y no se decidió nada por ello.",
    "misfit": "{question} No se decidió nada por «{word:words}».",
    "misfit, invited": "¿Quieren decir Anular la invitación? Esta persona fue invitada; Anular la "
    "invitación lo retira con una carta propia. Escriban Retirada si la persona no viene, o "
    "«{word:words}, sin correo» si ustedes se lo dijeron.",
    "misfit, no invitation": "¿Quieren decir Rechazar? No hay ninguna invitación que anular.",
    "misfit, no place": "¿Es la fila correcta? Esta persona no tiene plaza.",
    "misfit, no offer": "¿Quieren decir Invitar? No se espera respuesta a ninguna oferta.",
    "misfit, no such day": "¿Qué día es? Tiene que ser futuro y anterior al comienzo del encuentro.",
    "misfit, unread day": "¿Hasta qué día? Escríbalo como en «Prorrogar hasta 2023-08-25».",
    "misfit, earlier": "¿Qué día es? La oferta prometía uno posterior.",
    "misfit, nobody": "¿A quién se refieren? Nadie cuya fila se pueda leer tiene esa referencia o dirección.",
    "misfit, several": "¿A quién se refieren? Más de una persona tiene esa dirección: indiquen la "
    "referencia.",
    "misfit, has place": "¿A quién se refieren? Esa persona ya tiene una plaza, o la tuvo.",
    "misfit, own word": "¿Qué debe ocurrir? En la fila de la persona indicada, Decision dice otra cosa.",
    "misfit, twice": "¿Qué plaza debe pasar? Otra fila nombra a la misma persona.",
    "misfit, over": "¿Quieren decir Confirmada? Consta que esta persona no se presentó.",
    "misfit, not begun": "¿Quieren decir Retirada? El encuentro no ha comenzado.",
    "misfit, no template": "¿Se lo dijeron ustedes a la persona? Entonces escriban «{word:words}, sin "
    "correo». Convene no tiene carta para ello: messages en config/call.yaml no nombra ninguna.",
    "older word": "{word:quoted} está en Decision en la fila de una respuesta anterior. "
    "Escríbanlo en esta fila, o bórrenlo allí.",
    "nothing to settle": "«{word:words}» no decide nada: ningún mensaje a esta persona está en duda "
    "ni rechazado.",
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
    "called off": "No se comunica: el encuentro se ha cancelado.",
    "gated": {
        "one": "Se comunica cuando {number} solicitud tenga lo que aún le falta.",
        "other": "Se comunica cuando {number} solicitudes tengan lo que aún les falta.",
    },
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
    "unknown answer": "¿Qué respuesta es: {answers}? Las plazas se dan según ella. Corríjanla, nómbrenla en "
    "aliases en config/call.yaml, o escriban en la columna Decision qué debe pasar.",
    "team alone": "Nadie más nombró este equipo. Corrijan la respuesta, o escriban Admisible: y la categoría en la "
    "columna Decision si nadie más viene con esta persona.",
    "team apart": "Viene con un equipo, y el orden no decide sobre {others}, que son de él. Esperen a que se "
    "resuelva, o escriban Admisible: y la categoría para cada persona que compite sin ellos.",
    "missing answer": "Sin respuesta a {questions:named}, según la cual se dan las plazas. Añádanla, o escriban en "
    "la columna Decision qué debe pasar.",
    "disagree": "Las notas en {questions:named} difieren en más de {most}. Corríjanlas, o escriban en la columna "
    "Decision qué debe pasar.",
    "not there yet": "Espera {questions:named}: nadie sabrá qué ha sido de las plazas antes de que esté.",
    # --- column Reason: what became of the places ---
    "offered": "Se ofrece una plaza: {parts:parts}.",
    "rank": "puesto {rank}",
    "rank in tier": "grupo {tier}, puesto {rank}",
    "from the list": "desde la lista de espera",
    "waiting": "En la lista de espera: {taken}; número {position} si queda libre una plaza{limits}.",
    "waiting, formerly": "En la lista de espera: {taken}; número {position} si queda libre una "
    "plaza{limits}.",
    "waiting as a team": "En la lista de espera: viene con un equipo de {number}, en cuanto haya sitio para todos.",
    "team followed": "Se ofrece una plaza: el equipo de {others} recibió sus plazas entero.",
    "for limits": " para {names}",
    "only place": "la única plaza{limit} está ocupada",
    "all places": "las {number} plazas{limit} están ocupadas",
    "taken": "{places}",
    "lapsed": "No hubo respuesta hasta el {by}: la oferta ha caducado.",
    "lacking": "Dijo que sí y aún no está confirmado: falta lo que la convocatoria exige en {headers:named}.",
    "too short": "Hay una plaza libre, pero queda poco tiempo para una respuesta: pregunten ustedes a esta persona.",
    "offers closed": "El último día para ofertas ha pasado.",
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
    "team": "no hay sitio para todo el equipo",
    "tier": "dejaría menos plazas a grupos mejores",
    "wish": "haría el grupo menos equilibrado de lo deseado",
    "tie": "el sorteo entre iguales decidió otra cosa",
    "unproved": "no hubo tiempo para averiguar más",
    # --- column Reason: what only explains a row ---
    "newer response": "Cuenta una respuesta más reciente de la misma persona.",
    "taken over": "Comunicado el {on:day}; se tomó sin su motivo.",
    "not kept": "Lo que se respondió ya no se conserva.",
    # --- what needs a person: where ---
    "row": "fila {row}",
    "rows": {
        "one": "{number} fila",
        "other": "{number} filas",
    },
    "column of row": "fila {row}, columna «{header}»",
    "applicant": "solicitud {reference}",
    "applicant in row": "{reference} (fila {row})",
    "message to applicant": "solicitud {reference}, mensaje «{kind:kind}»",
    "the letters": "los mensajes",
    "the run": "la pasada",
    "places here": "plazas",
    "the waiting list": "la lista de espera",
    "mail": "correo",
    "cell of tab": "pestaña Convene, {control:control}",
    "where and what": "{where}: {what}",
    # --- what needs a person: rows ---
    "to review": "por revisar",
    "to review: do": "El motivo está en Reason. Escriban en la columna Decision qué debe pasar",
    "unknown to Convene": "Convene no conoce esta palabra, no ha decidido nada",
    "unknown to Convene: do": "Escriban una de estas: {words:words}",
    "unknown, near: do": "¿Quisieron decir «{near:words}»? Se puede escribir: {words:words}",
    "misfit here": "la palabra no encaja con la situación de la persona, no ha decidido nada",
    "misfit here: do": "El motivo pregunta qué se quiere decir",
    "older row's word": "hay una palabra en la fila de una respuesta anterior de la misma persona, no ha "
    "decidido nada",
    "older row's word: do": "Escríbanla en esta fila, o bórrenla allí",
    "whose word": "no dice de qué persona se trata, o ya se comunicó algo a las dos: no ha decidido nada",
    "whose word: do": "Escriban «{same:words}: » con la referencia de la otra fila, o bórrenlo",
    "row vanished": "tiene el estado «{status:status}» y ya no tiene fila",
    "row vanished: do": "Repongan la fila; para liberar la plaza, escriban en ella Retirada y bórrenla "
    "después de la próxima pasada",
    "cell shows fault": "la celda muestra {fault}",
    "cell shows fault: do": "Corrijan la celda; la próxima pasada vuelve a leer la fila",
    "answer too long": "la respuesta tiene {length} caracteres, más de {most}",
    "answer too long: do": "Acórtenla; la próxima pasada vuelve a leer la fila",
    "stamp of odd year": "una marca de tiempo del año {year}",
    "stamp unreadable": "la marca de tiempo no se puede leer",
    "no stamp": "sin marca de tiempo",
    "stamp: type it": "Escriban fecha y hora, como 2023-07-14 09:30:00",
    "stamp: describe it": "Escríbanla como 2023-07-14 09:30:00, o pongan timestamp_formats en "
    "config/call.yaml (docs/form.md)",
    "format in call": "config/call.yaml, timestamp_formats «{format}»",
    "format idle": "no encaja con ninguna marca de tiempo de la hoja, y algunas no se pueden leer",
    "format idle: do": "Corríjanlo, o quítenlo; docs/form.md muestra cómo se escribe",
    "no address": "sin dirección de correo",
    "no address: do": "Escriban la dirección, o borren la fila",
    "addresses": "más de una dirección de correo en la celda",
    "addresses: do": "Dejen aquella a la que hay que escribir",
    "bad address": "a esta dirección de correo no se puede enviar nada",
    "bad address: do": "Corrijan la dirección",
    "odd letters": "letras delante de la @ que solo parecen normales",
    "odd letters: do": "Escriban la dirección de nuevo",
    "copy": "la misma respuesta está más de una vez en la hoja",
    "copy: do": "Borren la copia",
    "not given": "este registro no dio esa referencia",
    "not given: do": "Vacíen la celda Reference de esta fila",
    "stamp taken": "la marca de tiempo es la de la respuesta de otra persona",
    "stamp taken: do": "Deshagan la ordenación o el pegado, o vacíen la celda Reference de esta fila",
    "other address": "la dirección no es la de esta referencia",
    "other address: do": "Escriban en Decision Dirección corregida si la corrigieron, Otra persona si aquí "
    "respondió alguien más; o deshagan la ordenación",
    "moved word": "las celdas de Convene eran aquí de otra fila, y una Decision puede haberse movido con "
    "ellas",
    "moved word: do": "Comprueben que la Decision es la correcta para quien respondió en esta fila y luego "
    "vacíen la celda Reference",
    "bare word": "la referencia de quien respondió aquí está en otra fila, y una Decision puede haberse "
    "movido con ella",
    "bare word: do": "Comprueben que la Decision es correcta en las dos filas y luego vacíen la celda "
    "Reference de la otra",
    "spoilt": "antes hay que revisar otra fila de la misma dirección",
    "spoilt: do": "Arreglen esa fila",
    "nothing held": "Borrada: Convene ya no conserva nada de esta persona",
    "nothing held: do": "Borren la fila",
    "erased before": "Se borró a alguien con esta dirección",
    "erased before: do": "Si es una solicitud nueva, escriban una palabra en Decision; si no, borren la fila",
    "flood": "se presentaron de golpe más personas de las que permite limits.messages_per_run ({most}): no "
    "se decide nada y no se escribe a nadie",
    "crowd": "desde un mismo buzón se presentaron más personas de las que permite "
    "limits.applicants_per_mailbox ({most}): no se decide nada y no se escribe a nadie",
    "crowd: do": "Borren las filas que no son solicitudes, escriban una palabra en Decision⟦, o admítanlas "
    "todas: `convene run --newcomers`⟧",
    # --- what needs a person: letters, answers and places ---
    "lacking yes": "dijo que sí a una oferta, y falta lo que la convocatoria exige para ello "
    "(offers.confirm_requires)",
    "unanswered offer": "se ofreció una plaza, y no hubo respuesta hasta el {until}",
    "unanswered offer: do": "Pregunten a la persona; luego escriban Confirmada o Retirada en la columna "
    "Decision",
    "quota missed": "{rule} tiene {count}, se pidieron al menos {bound}",
    "quota missed: do": "Ninguna elección que quede lo hace mejor. Inviten a alguien con una palabra en "
    "Decision, o bajen el número",
    "probably one": "probablemente lo mismo en «{header}»: {names:named}. Cada respuesta cuenta por separado, y juntas "
    "serían más de {most}",
    "probably one team": "probablemente el mismo equipo en «{header}»: {names:named}. Cada uno se "
    "toma por un equipo aparte",
    "probably one: do": "Si lo es, nombren las demás como aliases suyos en columns en config/call.yaml; si no, "
    "márquenlo como visto",
    "line of call": "config/call.yaml:{line}",
    "rule idle": "nadie respondió {answers:named} a {header:quoted}: la regla no cuenta a nadie",
    "rule idle, where": "{title:quoted} no se cumple para nadie: la regla no cuenta a nadie",
    "rank idle": "ninguna respuesta a {headers:named} es un número ni un día: el rango no ordena a nadie",
    "rule idle: do": "Corrijan allí la regla, o márquenlo como visto",
    "answers awaited": {
        "one": "nadie sabe nada de las plazas: {number} solicitud espera una respuesta a {headers:named}",
        "other": "nadie sabe nada de las plazas: {number} solicitudes esperan una respuesta a {headers:named}",
    },
    "answers awaited: do": "Rellenen lo que falta, o escriban en la columna Decision qué debe pasar",
    "over capacity": "{filled} tienen plaza, y hay {capacity}",
    "over capacity: do": "No se desplaza a nadie que esté invitado. Suban places.capacity en "
    "config/call.yaml, o pregunten quién cede su plaza",
    "torn team": "el equipo de {here} tiene plazas, y {gone} renunció a la suya",
    "torn team: do": "No se retira nada. Decidan si los demás vienen de todos modos; luego márquenlo como visto",
    "team too large": "el equipo de {team} es mayor de lo que permite {rules}",
    "team too large: do": "Espera mientras sea así. Suban el número en config/call.yaml, o "
    "decidan en la columna Decision",
    "the call": "la convocatoria",
    "value differs": "{name:quoted} es ahora {now:quoted}, y era {was:quoted}",
    "value gone": "{name:quoted} ya no existe, y era {was:quoted}",
    "meeting cancelled": "el encuentro se ha cancelado",
    "meeting goes on": "el encuentro finalmente se celebra",
    "told otherwise": "{difference}; se comunicó otra cosa a: {who}",
    "told otherwise: do": "Aprueben los mensajes «{kind:kind}», o deshagan el cambio. Hasta entonces, o hasta que "
    "marquen esto como visto, estas personas no reciben ni recordatorios ni mensajes parecidos",
    "meeting cancelled: do": "Aprueben los mensajes «{kind:kind}». Nada más sale mientras el encuentro esté cancelado",
    "no such letter: do": "Escríbanles ustedes, o indiquen una plantilla para {kind} en messages, en config/call.yaml",
    "choice not proved": "la elección no está probada ({method})",
    "choice not proved: do": "Denle más segundos con places.time_limit en config/call.yaml",
    "method fallback": "se alcanzó el límite de tiempo",
    "method doubtful": "la respuesta del programa de cálculo no cuadraba",
    "one of groups": "{names:or}",
    "answered group": "{question} {answers:named_or}",
    "titled group": "{title}, {name}",
    "another answer": "otra respuesta a {question:named}",
    "everybody but": "todos menos {names}",
    "not sent": "no enviado, porque {why}",
    "not sent: do": "La próxima pasada decide de nuevo y escribe otro",
    "letter unwritable": "el mensaje «{kind:kind}» no se puede escribir con estas respuestas",
    "letter unwritable: do": "⟦Ejecuten `convene check`; ⟧corrijan la respuesta o la plantilla",
    "letter refused": "fue rechazado",
    "letter refused with": "fue rechazado: {reply}",
    "letter refused: do": "Quiten la causa y luego escriban Reenviar en Decision; o avisen a la persona de "
    "otra forma y escriban Entregado; Retirada también pone fin a este aviso",
    "copies of kind": "copias de «{kind:kind}» para la organización",
    "copies lost": {
        "one": "una fue rechazada, o su respuesta se perdió ({reply})",
        "other": "{number} fueron rechazadas, o sus respuestas se perdieron ({reply})",
    },
    "copies lost: do": "Miren `copy_to` en config/call.yaml; no se envían otra vez, así que "
    "márquenlo como visto",
    "letter in doubt": "puede haber llegado, la respuesta del servidor se perdió",
    "letter in doubt: do": "Pregunten a la persona, o miren el registro del servidor de correo; luego "
    "escriban Entregado o Reenviar en Decision",
    "overtaking": "lo sabría antes que otras personas que van primero",
    "overtaking: do": "Ejecuten para todas las personas, sin --only",
    "decisions put off": {
        "one": "{number} decisión aplazada: a alguien que va antes no se le puede escribir",
        "other": "{number} decisiones aplazadas: a alguien que va antes no se le puede escribir",
    },
    "decisions put off: do": "Arreglen ese mensaje, o escriban en la columna Decision qué debe pasar con "
    "esa persona",
    "letters wait": {
        "one": "{number} mensaje espera su visto bueno",
        "other": "{number} mensajes esperan su visto bueno",
    },
    "letters wait: do": "Escriban {code} junto a «{control:control}», u ok en las filas cuyas cartas "
    "pueden salir",
    "danger: do": "Si es correcto, escriban {code} junto a «{control:control}»",
    "stale: do": "Antes no se envía ni se escribe nada",
    "reached nobody": {
        "one": "{number} mensaje fue solo a la bandeja local y no llegó a nadie",
        "other": "{number} mensajes fueron solo a la bandeja local y no llegaron a nadie",
    },
    "reached nobody: do": "Para empezar de nuevo, borren la carpeta state/ y las columnas de Convene en la "
    "hoja",
    "not understood": "{text:short} no se entiende",
    "pause: do": "Escriban sí o no; hasta entonces no se envía nada",
    "freeze: do": "Escriban sí o no; hasta entonces no asciende nadie",
    "code: do": "Escriban el código que está al lado",
    "seen: do": "Escriban códigos de la lista de abajo, con un espacio entre dos",
    # --- what needs a person: a sheet of Google's ---
    "column lost": "la columna «{header}» perdió su encabezado",
    "column lost: do": "Vuelvan a escribir «{header}» en su primera celda; Convene aún conoce la columna",
    "column renamed": "la columna «{header}» tiene ahora el encabezado «{now}»",
    "own column renamed: do": "Vuelvan a escribir «{header}» en su primera celda; Convene conoce la "
    "columna de todos modos, y lo dice una vez",
    "column renamed: do": "Vuelvan a escribir «{header}» en su primera celda, o pongan «{now}» en su lugar "
    "en columns de config/call.yaml; Convene conoce la columna de todos modos, y lo dice una vez",
    "unknown zone": "Convene no conoce su zona horaria; las horas se toman por las de la convocatoria",
    "unknown zone: do": "Elijan una zona por ciudad en «Archivo», «Configuración»",
    "tab renamed": "la pestaña «{wanted}» se llama ahora «{now}»",
    "tab renamed: do": "Devuélvanle su nombre, o pongan «{now}» como sheet.tab en config/service.yaml; "
    "Convene se guía por su marca, y lo dice una vez",
    "tab replaced": "la pestaña «{wanted}» se llama ahora «{now}», y otra lleva su nombre",
    "tab replaced: do": "Pongan «{now}» como sheet.tab en config/service.yaml; Convene se guía por su "
    "marca, y lo dice una vez",
    "responses elsewhere": {
        "one": "{number} respuesta de la pestaña «{tab}» llegó después de todas las de aquí: ¿escribe "
        "ahora allí el formulario?",
        "other": "{number} respuestas de la pestaña «{tab}» llegaron después de todas las de aquí: "
        "¿escribe ahora allí el formulario?",
    },
    "responses elsewhere: do": "Si «{tab}» contiene también las respuestas anteriores, pónganla como "
    "sheet.tab en config/service.yaml; si no, pasen las nuevas a «{here}» y vuelvan a vincular el "
    "formulario con esta hoja de cálculo",
    # --- the tab Convene: the organisers' cells ---
    "control pause": "Pausa",
    "control freeze": "Congelar ascensos",
    "control approve": "Aprobar todo",
    "control accept": "Aceptar el riesgo",
    "control run_now": "Ejecutar ahora",
    "control seen": "Visto",
    "switch yes": "sí",
    "switch no": "no",
    "bare": "{text:bare}",
    # --- the tab Convene: what stands beside the organisers' cells ---
    "neither, pause": "{text:short} no es ni sí ni no. No se envía nada hasta que escriban una de las dos.",
    "paused": "No se envía nada hasta que escriban no.",
    "paused, waiting": {
        "one": "No se envía nada hasta que escriban no. {number} mensaje espera.",
        "other": "No se envía nada hasta que escriban no. {number} mensajes esperan.",
    },
    "pause": "sí: Convene sigue decidiendo y mostrando, y no envía nada.",
    "neither, freeze": "{text:short} no es ni sí ni no. Vale como sí hasta que escriban una de las dos.",
    "promotion frozen": "Nadie recibe una plaza que quede libre hasta que escriban no. Sus palabras en "
    "Decision siguen valiendo.",
    "freeze": "sí: las plazas que quedan libres no se ofrecen a la lista de espera.",
    "code followed": "Se siguió {code}. {then}",
    "code wrong": "{text:short} no es el código. {then}",
    "approve nothing": "Nada espera su visto bueno.",
    "approve": "Escriban {code} para enviar lo propuesto: {letters}.",
    "accept new machine": "Escriban {code} si Convene pasó a otra máquina y ya no se ejecuta en ninguna "
    "otra.",
    "accept nothing": "Nada impide continuar.",
    "accept": "Escriban {code} para continuar de todos modos: {danger:brief}",
    "run now": "Cualquier cosa nueva, como 1, luego 2: Convene se ejecuta a su próxima hora.",
    "run now within": {
        "one": "Cualquier cosa nueva, como 1, luego 2: Convene se ejecuta en {number} minuto como mucho, o "
        "a su próxima hora.",
        "other": "Cualquier cosa nueva, como 1, luego 2: Convene se ejecuta en {number} minutos como "
        "mucho, o a su próxima hora.",
    },
    "seen odd": "{text:short} no es el código de ninguna línea de abajo.",
    "seen unknown": "{text:short} no es, o ya no es, el código de una línea de abajo.",
    "seen": "Códigos de líneas de abajo que ya conocen: dejan de contar. Un espacio entre dos.",
    # --- the tab Convene: its parts ---
    "day": "{on}",
    "moment": "{on}, {at}",
    "looked here": "Convene miró aquí por última vez el {on}",
    "could not look": "Convene no pudo hacer su trabajo el {on}",
    "nothing read": "Todavía no se ha leído nada.",
    "for tab": "{text:tab}",
    "nothing needs you": "Nada les espera",
    "needs you": "Lo que les espera ({number})",
    "head who or what": "Quién o qué",
    "head code": "Código",
    "head what": "Qué",
    "head what to do": "Qué hacer",
    "head since": "Desde",
    "the last run": "La última pasada",
    "code seen": "{code} (visto)",
    "coming": "Quién viene ({number})",
    "not coming": "Todas las demás personas ({number})",
    "head name": "Nombre",
    "head status": "Estado",
    "head category": "Categoría",
    "numbers": "Cifras",
    "head people": "Personas",
    "people by status": "Personas por estado",
    "places by quota": "Plazas por cupo",
    "head places": "Plazas",
    "head given": "Dadas o propuestas",
    "head bound": "Fijadas por las reglas",
    "every place": "Todas las plazas",
    "quota at least": "{name} (al menos)",
    "quota at most": "{name} (como mucho)",
    "quota wished for": "{name} (deseado)",
    "responses a day": "Respuestas por día",
    "head day": "Día",
    "head responses": "Respuestas",
    "happened last": "Lo último que pasó",
    "nothing yet": "Nada todavía.",
    "run did": "{parts:sentence}",
    "rows updated": {
        "one": "{number} fila de la hoja puesta al día",
        "other": "{number} filas de la hoja puestas al día",
    },
    "run not finished": "sin terminar: {said:bare}",
    "run looked": "revisó las respuestas",
    "sent letters": "enviado: {letters}",
    "became deferred": {
        "one": "{number} aplazado por el servidor de correo",
        "other": "{number} aplazados por el servidor de correo",
    },
    "became refused": {
        "one": "{number} rechazado por el servidor de correo",
        "other": "{number} rechazados por el servidor de correo",
    },
    "became in doubt": "{number} en duda",
    "became held": {
        "one": "{number} no enviado, porque algo cambió",
        "other": "{number} no enviados, porque algo cambió",
    },
    "became cancelled": {"one": "{number} cancelado", "other": "{number} cancelados"},
    "happens next": "Lo que sigue",
    "waiting now": "En espera",
    "every day at": "Cada día a las {times}",
    "reads and does": "Convene lee las respuestas y hace lo que toca.",
    "call opens": "Se abre la convocatoria.",
    "last moment": "Último momento para presentarse a tiempo.",
    "reply asked": "Se pide a las personas invitadas que respondan hasta entonces.",
    "meeting begins": "Empieza el encuentro. Ya no se da ninguna plaza por orden.",
    "meeting ends": "Termina el encuentro.",
    "people erased": "Se borra lo que Convene conserva de las personas.",
    "decisions wait": "Desde entonces, las decisiones esperan su visto bueno, y se envían en cuanto lo den.",
    "decisions sent": "Desde entonces, las decisiones se envían a quienes se presentaron.",
    "decisions sent, some wait": "Desde entonces, las decisiones se envían a quienes se presentaron. "
    "Algunas esperan antes su visto bueno.",
    # --- letters, counted ---
    "listed": "{items}",
    "count invitation": {
        "one": "{number} invitación",
        "other": "{number} invitaciones",
    },
    "count not_selected": {
        "one": "{number} denegación",
        "other": "{number} denegaciones",
    },
    "count received": {
        "one": "{number} acuse de recibo",
        "other": "{number} acuses de recibo",
    },
    "count letters": {
        "one": "{number} mensaje «{kind}»",
        "other": "{number} mensajes «{kind}»",
    },
    # --- letters that wait for a later run ---
    "messages wait": {
        "one": "{number} mensaje espera: {why}.",
        "other": "{number} mensajes esperan: {why}.",
    },
    "wait put off": "{number} por aplazamiento del servidor de correo",
    "wait stopped": "{number} porque se detuvo el envío",
    "wait held": "{number} porque la hoja cambió mientras tanto",
    "wait day": "{number} por el límite del día (messages_per_day)",
    "wait asked": "{number} por --limit",
    "wait paused": "{number} por Pausa en la pestaña Convene",
    "wait settling": "{number} por si se cambia una palabra en Decision (settle_minutes)",
    "wait, in short": "{why}.",
    "wait again": "{waits} El próximo intento toca el {day} a las {time}.",
    # --- dangers ---
    "sheet emptied": "{title}: no hay ninguna respuesta; en la última pasada había {before}. Miren si es "
    "la pestaña correcta: pongan aquella en la que escribe el formulario como sheet.tab en "
    "config/service.yaml, o recuperen las filas.",
    "rows vanished": {
        "one": "La hoja tiene {number} fila; en la última pasada tenía {before}.",
        "other": "La hoja tiene {number} filas; en la última pasada tenía {before}.",
    },
    "answers altered": {
        "one": "Las respuestas en {columns:named} cambiaron en {number} fila, como si se hubieran ordenado "
        "columnas por separado o pegado un bloque encima. Deshagan eso; si las corrigieron, acepten el "
        "riesgo.",
        "other": "Las respuestas en {columns:named} cambiaron en {number} filas, como si se hubieran "
        "ordenado columnas por separado o pegado un bloque encima. Deshagan eso; si las corrigieron, "
        "acepten el riesgo.",
    },
    "keys taken": {
        "one": "{number} fila tiene {columns:named_or} de otra respuesta, como si se hubieran ordenado "
        "columnas por separado o pegado un bloque encima. Deshagan eso.",
        "other": "{number} filas tienen {columns:named_or} de otra respuesta, como si se hubieran ordenado "
        "columnas por separado o pegado un bloque encima. Deshagan eso.",
    },
    "event over": {
        "one": "El encuentro terminó el {on}, y saldría {number} mensaje.",
        "other": "El encuentro terminó el {on}, y saldrían {number} mensajes.",
    },
    "too much mail": {
        "one": "Saldría {number} mensaje; limits.messages_per_run en config/service.yaml permite {most}.",
        "other": "Saldrían {number} mensajes; limits.messages_per_run en config/service.yaml permite {most}.",
    },
    "rehearsal mails": "--as-of pone una fecha inventada, y el correo saldría de verdad por {host}.",
    "ledger behind": "{title}: {why}. Restauren el registro más nuevo (toda la carpeta state/)⟦, o miren "
    "qué tomaría `convene adopt`⟧.",
    "rows unknown": {
        "one": "{number} fila muestra una referencia, un estado o un mensaje que este registro no conoce",
        "other": "{number} filas muestran una referencia, un estado o un mensaje que este registro no conoce",
    },
    "rows of another ledger": {
        "one": "{number} fila muestra una referencia, un estado o un mensaje de otro registro, que "
        "escribió aquí en su pasada {run}",
        "other": "{number} filas muestran una referencia, un estado o un mensaje de otro registro, que "
        "escribió aquí en su pasada {run}",
    },
    "another ledger sending": "otro registro estaba enviando en su pasada {run}, y no ha mostrado aquí lo "
    "que envió",
    "later run wrote": "la pasada {run} de este registro escribió aquí, y el archivo solo conoce {known}",
    "time is over": "ya pasó el día hasta el que es cierto",
    "not as planned": "no es lo que se planeó y aprobó",
    # --- notices to organisers ---
    "needs, in a notice": "{where_and_what:beginning}. {advice:tab}",
    "named": "{what}: {names}",
    "people to review": {
        "one": "{number} persona por revisar",
        "other": "{number} personas por revisar",
    },
    "rows to check": {
        "one": "{number} fila por revisar",
        "other": "{number} filas por revisar",
    },
    "words not understood": {
        "one": "{number} palabra en Decision que no se entiende",
        "other": "{number} palabras en Decision que no se entienden",
    },
    "letters in doubt": {
        "one": "{number} mensaje que quizá no haya llegado",
        "other": "{number} mensajes que quizá no hayan llegado",
    },
    "letters refused": {
        "one": "{number} mensaje rechazado",
        "other": "{number} mensajes rechazados",
    },
    "offers unanswered": {
        "one": "{number} oferta que nadie respondió a tiempo",
        "other": "{number} ofertas que nadie respondió a tiempo",
    },
    "part needs you": "Les espera",
    "part ends tomorrow": "Termina mañana",
    "part decided": "Decidido",
    "part sent": "Enviado",
    "part waits": "Espera una pasada posterior",
    "part unfinished": "La pasada no terminó",
    "part what to do": "Qué hacer",
    "decided Offered": "{number}: plaza ofrecida",
    "decided Waiting list": "{number} en la lista de espera",
    "decided Not selected": {"one": "{number} no seleccionada", "other": "{number} no seleccionadas"},
    "decided Ineligible": "{number} fuera del público previsto",
    "decided Confirmed": {"one": "{number} confirmada", "other": "{number} confirmadas"},
    "decided Withdrawn": {"one": "{number} retirada", "other": "{number} retiradas"},
    "decided Expired": {"one": "{number} caducada", "other": "{number} caducadas"},
    "decided No show": "{number} no se presentaron",
    "decided Cancelled": "{number} invitaciones anuladas",
    "decided otherwise": "{number}: {status}",
    "sent of kind": "{number} × {kind}",
    "offers to answer": {
        "one": "{number} oferta por responder hasta el {until}: {names}",
        "other": "{number} ofertas por responder hasta el {until}: {names}",
    },
    "headline": "{parts:commas}",
    "letters sent": {
        "one": "{number} mensaje enviado",
        "other": "{number} mensajes enviados",
    },
    "people decided": {
        "one": "{number} decisión",
        "other": "{number} decisiones",
    },
    "things need you": {
        "one": "{number} asunto les espera",
        "other": "{number} asuntos les esperan",
    },
    "offers end": {
        "one": "{number} oferta termina mañana",
        "other": "{number} ofertas terminan mañana",
    },
    "run unfinished": "La pasada no terminó",
    "could not run": "Convene no pudo ejecutarse",
    "digest foot": "Reciben esto después de una pasada con algo que decir, porque su dirección está en "
    "config/service.yaml.",
    "alert foot": "Reciben esto una vez al día por la misma causa, hasta que se arregle, porque su "
    "dirección está en config/service.yaml.",
    "open sheet": "Abrir la hoja",
    "sheet at": "La hoja: {link}",
    "subject": "{headline} ({title})",
    # --- why a run failed: what a command says stands behind it in English ---
    "failed ConfigError": "Hay que corregir la configuración ({said:bare}).",
    "failed HeaderError": "Falta una columna de la hoja, o está dos veces ({said:bare}).",
    "failed SheetError": "La hoja no se puede leer o escribir ({said:bare}).",
    "failed SheetBusy": "La hoja está ocupada; la próxima pasada lo vuelve a intentar ({said:bare}).",
    "failed LedgerError": "El registro no se puede usar; sin él no se envía nada ({said:bare}).",
    "failed StateError": "Un archivo de Convene no se puede usar ({said:bare}).",
    "failed StaleLedger": "La hoja conoce pasadas que este registro ignora; no se envía nada ({said:bare}).",
    "failed MailUnavailable": "El servidor de correo no acepta nada ahora; todos los mensajes se guardan "
    "({said:bare}).",
    "failed MailRejectsUs": "El servidor de correo nos rechaza; todos los mensajes se guardan ({said:bare}).",
    "failed TooManyDoubts": "Demasiados mensajes están en duda; se detuvo el envío ({said:bare}).",
    "failed TemplateError": "Hay que corregir una plantilla; no se envía nada ({said:bare}).",
    "failed UnsafePlan": "Algo necesita su acuerdo antes de que Convene siga ({said:bare}).",
    "failed StopRequested": "Se interrumpió la pasada; la próxima continúa ({said:bare}).",
    "failed otherwise": "Convene se detuvo ({said:bare}).",
    # --- notices: people ---
    "reference in row": "{reference} (fila\u00a0{row})",
    # --- replies of invited people ---
    "idle replies": {
        "one": "{number} respuesta que no decide nada sin ustedes",
        "other": "{number} respuestas que no deciden nada sin ustedes",
    },
    # --- notes beside headers and cells of the responses ---
    "note: own column": "Convene escribe esta columna. Lo que escriban aquí se sobrescribe; usen {columns}.",
    "note: decision": "Para la organización: {words:or}. Va por delante de las reglas y del orden; déjenlo "
    "vacío para que decidan ellas.",
    "note: organisers": "Para la organización: escriban aquí lo que quieran. Convene nunca lo cambia.",
    "note: other word, title": "No es una decisión",
    "note: other word": "Convene conoce las palabras de la lista, también con un comentario, y "
    "pregunta por otras. ¿Conservar lo que escribieron?",
    # --- what needs a person: replies to offers, and letters that came too late ---
    "reply early": "respondió por el formulario de respuesta antes de que se ofreciera la plaza, según la "
    "marca de tiempo: no ha decidido nada",
    "reply idle": "dijo que sí por el formulario de respuesta, y no hay plaza ofrecida: no ha decidido nada",
    "reply idle: do": "Pregunten a la persona, o escriban en la columna Decision qué debe pasar",
    "reply of wrong address": "una respuesta lleva esta referencia y otra dirección: no cuenta",
    "reply of wrong reference": "una respuesta viene de esta dirección y lleva otra referencia: no cuenta",
    "reply neither": "la respuesta más reciente no dice ni sí ni no",
    "reply both": "respuestas de la misma hora dicen sí y no",
    "reply without time": "una respuesta no lleva hora legible, o una que aún no ha llegado: no cuenta",
    "reply of stranger": "una respuesta no lleva ni la referencia ni la dirección de nadie de las "
    "solicitudes",
    "reply in row": "{what} (fila {row} de la pestaña «{tab}»)",
    "reply: do": "Pregunten a la persona, y luego escriban Confirmada o Retirada en la columna Decision",
    "reply of stranger: do": "Si saben de quién es, escriban Confirmada o Retirada en la fila de esa "
    "persona; borren lo que no es de nadie",
    "rows of tab": {
        "one": "pestaña «{tab}», fila {rows}",
        "other": "pestaña «{tab}», filas {rows}",
    },
    "no reply tab": "no hay pestaña «{tab}» con las respuestas: ninguna cuenta en esta pasada, y ninguna "
    "oferta caduca",
    "no reply tab: do": "Devuelvan su nombre a la pestaña, o corrijan replies.tab en config/call.yaml",
    "reply columns": "{faults}: ninguna respuesta cuenta en esta pasada, y ninguna oferta caduca",
    "no column headed": "ninguna columna se llama «{header}»",
    "several columns headed": "más de una columna se llama «{header}»",
    "reply columns: do": "Repongan el encabezado, o corríjanlo en replies de config/call.yaml",
    "message of kind": "mensaje «{kind}»",
    "letters missed": {
        "one": "{number} mensaje no salió antes de {until}; ya no sirve",
        "other": "{number} mensajes no salieron antes de {until}; ya no sirven",
    },
    "letters missed: do": "Ya no se envía nada; escriban ustedes a esas personas si les falta algo",
    # --- which column may be meant ---
    "full stop": "{text:sentence}",
    "too few columns": {
        "one": "«{name}» encabeza {number} columna, y config/call.yaml pide más: «header» es una, cada una "
        "de «branches» otra, «nth» las cuenta",
        "other": "«{name}» encabeza {number} columnas, y config/call.yaml pide más: «header» es una, cada "
        "una de «branches» otra, «nth» las cuenta",
    },
    "column perhaps renamed": "«{header}» puede ser la columna «{name}», con otro nombre",
    "column by its content": "«{header}» puede ser la columna «{name}», por lo que contiene",
    # --- what speaks against this machine ---
    "unwitnessed": {
        "one": "Este registro ha enviado {number} mensaje, y nada en esta máquina lo atestigua: puede ser "
        "una copia antigua, u otra máquina sigue con él. {begin}, pongan aquí la copia más nueva de toda la "
        "carpeta.",
        "other": "Este registro ha enviado {number} mensajes, y nada en esta máquina lo atestigua: puede "
        "ser una copia antigua, u otra máquina sigue con él. {begin}, pongan aquí la copia más nueva de "
        "toda la carpeta.",
    },
    "another ledger here": {
        "one": "Otro registro envió {number} mensaje de esta convocatoria desde esta carpeta, y este "
        "empieza como si no se hubiera enviado nada. {begin}, repongan la carpeta state/.",
        "other": "Otro registro envió {number} mensajes de esta convocatoria desde esta carpeta, y este "
        "empieza como si no se hubiera enviado nada. {begin}, repongan la carpeta state/.",
    },
    "first run here": "Si es correcto, díganlo una vez⟦: `convene run --first-run-here`⟧. Si no",
    "first run here, by code": "Si es correcto, díganlo una vez: ⟦`convene run --first-run-here`, o ⟧"
    "escriban {code} junto a «{control:control}». Si no",
    "ledger is an old copy": {
        "one": "Este registro es una copia antigua: conoce {number} mensaje, y hasta la pasada {run} se "
        "habían enviado {sent}. Repongan la copia más nueva de toda la carpeta⟦, o miren qué tomaría "
        "`convene adopt`⟧.",
        "other": "Este registro es una copia antigua: conoce {number} mensajes, y hasta la pasada {run} se "
        "habían enviado {sent}. Repongan la copia más nueva de toda la carpeta⟦, o miren qué tomaría "
        "`convene adopt`⟧.",
    },
    "folder is a copy": "Esta carpeta es una segunda copia: el mismo registro envía desde {folder}, que "
    "sigue existiendo. Ejecuten Convene allí. Para seguir aquí de forma definitiva, borren aquella carpeta"
    "⟦, o usen `convene adopt --yes`⟧.",
}
