# Everything the program says outside flows, in Spanish: tú, no gender for the member, and words
# that sound right in Valencia, Mexico City and Bogotá.

number = { $n }

when-asked = { $weekday ->
    [mon] Lunes
    [tue] Martes
    [wed] Miércoles
    [thu] Jueves
    [fri] Viernes
    [sat] Sábado
   *[sun] Domingo
} { $part ->
    [morning] por la mañana.
    [afternoon] por la tarde.
    [evening] al final del día.
    [past] tal como fue.
   *[night] por la noche.
}

when-short = { $weekday ->
    [mon] lunes
    [tue] martes
    [wed] miércoles
    [thu] jueves
    [fri] viernes
    [sat] sábado
   *[sun] domingo
}

## Meeting

welcome =
    Soy Alongside: un programa, no una persona, y nadie está mirando.
    Sirvo para un registro diario de cómo estás y para pasar un momento difícil. No soy médico ni terapeuta, y no puedo llamar a nadie por ti.
    Si es urgente, toca **Necesito ayuda ahora** en cualquier momento.

welcome-back = Qué bueno verte.

welcome-back-open = Qué bueno verte. Esto sigue abierto:

question =
    No tienes que inscribirte en nada. Puedo contarte qué hago y quién puede ver qué. Otras preguntas todavía no las puedo responder.
    Para hablar con una persona, en muchos países: findahelpline.com.

menu = Esto es lo que podemos hacer:

help =
    Soy un programa para días difíciles y días normales. Puedes hacer un registro de cómo estás una vez al día, con cuatro botones. Con **mirar atrás** ves cómo han ido tus días. Y si hace falta, buscamos algo que hacer en los próximos diez minutos.
    No puedo dar diagnósticos, aconsejar sobre medicinas ni llamar a nadie por ti. Solo te escribo primero si me lo pediste.

help-words =
    Estas palabras siempre funcionan: **ayuda**, **atrás**, **saltar**, **parar**, **menú**. Y **ayuda ya** cuando es urgente.

## Who can see what

privacy =
    Soy un programa, y **nadie está leyendo esto**.
    Esta copia de Alongside funciona en el equipo de alguien: el tuyo, o el de quien la instaló para ti. Lo que me dejas guardar queda ahí bajo llave, con una llave aparte para ti.
    Quien maneja esta copia tiene la llave principal. Podría abrir lo guardado si quisiera.
    Cualquiera que pueda usar este dispositivo o este chat puede leer lo que hay en la pantalla. Eso no lo puedo borrar yo. Si esto es una aplicación de chat, nuestros mensajes también pasan por la empresa que la maneja.
    No envío nada a ningún otro lugar.

privacy-leave = Para ver todo lo que guardo: /misdatos. Para cambiar lo que se guarda: /ajustes. Para borrarlo todo: /olvidar.

## Leaving

forget-receipt =
    Listo. Todo lo tuyo está borrado de donde lo guardaba, y también la llave con la que estaba cerrado.
    Hay dos cosas a las que no llego: los mensajes que ya están en tu pantalla, y cualquier copia de seguridad de estos archivos que haya hecho quien maneja este programa. Esa persona podrá leer la copia hasta que la borre.
    Si algún día vuelves, será como la primera vez, y la puerta está abierta.

stopped = Paramos aquí. No queda nada abierto.

stop-kept = Paramos aquí. Lo que ya habías respondido queda guardado.

stop-idle = No hay nada abierto, y solo te escribo primero si me lo pediste. Para borrar todo lo que sé de ti: /olvidar.

## In a form

still-open = Esto ya lo habías empezado:

resume-lead = Volvemos a donde estábamos:

cannot-skip = Esta respuesta sí la necesito. También puedes decir **parar** o **atrás**.

first-question = Esta es la primera pregunta, antes no hay ninguna.

nothing-open = Ahora mismo no hay ninguna pregunta abierta.

stale-tap = Ese botón es de una pregunta anterior, así que todo queda como estaba.

unknown-command = No conozco ese comando.

form-changed = La pregunta en la que estabas ya no existe, porque estas preguntas cambiaron.

form-changed-kept = La pregunta en la que estabas ya no existe, porque estas preguntas cambiaron. Lo que ya habías respondido queda guardado.

closed-late = Las preguntas del { when-short } ya están cerradas. No pasa nada por eso.

closed-late-kept = Las preguntas del { when-short } ya están cerradas. Lo que habías respondido queda guardado.

about-day = Esto es sobre el { when-short }.

heard-nothing = No me llegó ninguna palabra. ¿Puedes mandarlo otra vez?

change-nothing = No hay ningún registro de hoy ni de ayer que cambiar.

change-not-asked = Esa pregunta no estaba en tu registro, así que no hay nada que cambiar.

note-off = Ahora mismo no guardo tus propias palabras, así que no puedo tomar una nota.

## Misheard: three wordings for each kind of question

scale-unsure = No saberlo está bien. Esa la dejamos.
retry-scale-1 = Esperaba un número del { $lowest } al { $highest }. Uno aproximado está bien.
retry-scale-2 = Basta con tocar uno de los números, o parar si lo prefieres.
retry-scale-3 = Parece que no avanzamos, y es cosa mía. Toca un número, o una de las palabras de al lado.

retry-choice-1 = No me queda claro cuál es. ¿Puedes elegir una de estas?
retry-choice-2 = Basta con tocar la que más se acerque. Ninguna tiene que encajar del todo.
retry-choice-3 = No consigo entenderlo, lo siento. Toca una de estas, o para aquí.

retry-multi-1 = No me queda claro. Toca cada cosa que quieras activar y luego **Seguir**.
retry-multi-2 = Tócala y se activa o se apaga. **Seguir** sin activar ninguna también está bien.
retry-multi-3 = Sigo sin entenderlo, lo siento. Toca **Seguir**, salta esta pregunta o para.

retry-text-1 = Me caben hasta { $longest } caracteres. ¿Puedes decirlo un poco más corto?
retry-text-2 = Todavía es más de lo que me cabe de una vez ({ $longest } caracteres). Con las primeras frases basta.
retry-text-3 = Tan largo no me cabe, lo siento. Unas pocas palabras, o déjalo por ahora.

retry-yes-no-1 = Con un sí o un no me basta.
retry-yes-no-2 = Toca una de las dos, la que más se acerque.
retry-yes-no-3 = No me queda claro, lo siento. Sí, no, o déjalo.

retry-number-1 = Aquí necesito un número del { $lowest } al { $highest }.
retry-number-2 = Solo las cifras, por favor. O toca un número que se acerque.
retry-number-3 = No consigo leerlo como un número, lo siento. Prueba otra vez, o déjalo.

retry-time-1 = Necesito una hora, como 20:30 u 8pm.
retry-time-2 = Con la hora y los minutos basta, como 7:15. O toca una de estas.
retry-time-3 = No consigo leerlo como una hora, lo siento. Toca una, o déjalo.

retry-date-1 = Necesito un día, como hoy, 2026-03-01 o 1 de marzo.
retry-date-2 = Año, mes y día con guiones siempre funciona: 2026-03-01.
retry-date-3 = No consigo leerlo como un día, lo siento. Toca uno, o déjalo.

retry-confirm-1 = Para no equivocarme necesito un sí o un no claro.
retry-confirm-2 = No hago nada hasta que toques que sí. ¿Sí o no?
retry-confirm-3 = Solo lo haré si dices que sí. Sí, no, o parar.

## Buttons

button-next = Seguir
button-skip = Saltar
button-back = Atrás
button-stop = Parar
button-yes-no-yes = Sí
button-yes-no-no = No
button-confirm-yes = Sí, hazlo
button-confirm-no = No, déjalo así
button-today = Hoy
button-yesterday = Ayer
button-join = Empezar
button-crisis = Necesito ayuda ahora
button-question = Solo una pregunta
button-lang-en = English
button-lang-es = Español
button-menu = ¿Qué puedes hacer?
button-help = ¿Qué eres?
button-privacy = ¿Quién puede ver esto?
button-settings = Ajustes
button-forget = Borrar todo
button-change = Cambiar una respuesta
button-note = Escribir una nota
button-resume = Volver a la pregunta

## When something is broken

store-down-again = No pude guardar eso. Nada de lo que dijiste antes se pierde, pero esto sí. Por favor, dilo otra vez dentro de un rato.

store-down-redelivered = Ahora mismo no puedo guardar nada. Tu mensaje no se pierde: te responderé cuando pueda.

turn-failed = Algo falló de mi lado y no pude recibir eso. No es por nada que hayas hecho.

answer-broken = Eso lo he recibido, pero no puedo mostrarte mi respuesta. Es un fallo mío, y quien maneja este programa puede encontrarlo.

## The terminal

terminal-opening = Escribe un número o una palabra. /quit cierra esta ventana, y al cerrarla no se pierde nada.
terminal-closing = Hasta luego. Vuelve a abrirla cuando quieras.

## En un momento difícil

call-now = **Llama ya al { $number }**, o que llame alguien por ti.

call-now-anywhere = **Llama ya al número de emergencias**, o que llame alguien por ti:

call-now-here = **Si alguien puede morir o sufrir un daño grave, llama ya al número de emergencias de tu país**, o que llame alguien por ti.

call-if-danger = **Si alguien puede morir o sufrir un daño grave, llama ya al { $number }.**

# Cada vía es "none" cuando el servicio no la tiene.
line = **{ $service }**{ $call ->
    [none] {""}
   *[some] { " · " }llama al { $call }
}{ $option ->
    [none] {""}
   *[some] , y pulsa { $option }
}{ $word ->
    [none] { $text ->
        [none] {""}
       *[some] { " · " }escribe al { $text }
    }
   *[some] { " · " }envía { $word } al { $text }
}{ $chat ->
    [none] {""}
   *[some] { " · " }{ $chat }
}{ $always ->
    [no] {""}
   *[yes] { " · " }gratis, día y noche
}

button-rather-not = Prefiero no decirlo
button-care-elsewhere = En otro lugar
button-noticed = Lo que se notó
button-erase-noticed = Borrarlo todo
button-stop-notes = Parar las notas

noticed-some = { $n ->
    [one] Una vez te ofrecí ayuda en un momento difícil. Guardé el día, lo urgente que parecía y de qué se trataba, nunca tus palabras.
   *[other] { $n } veces te ofrecí ayuda en un momento difícil. Guardé el día, lo urgente que parecía y de qué se trataba, nunca tus palabras.
}

noticed-line = { $weekday ->
    [mon] Lunes
    [tue] Martes
    [wed] Miércoles
    [thu] Jueves
    [fri] Viernes
    [sat] Sábado
   *[sun] Domingo
}, { date-words }: { noticed-level }

noticed-level = { $level ->
    [emergency] parecía estar pasando en ese momento.
    [crisis] parecía serio.
   *[concern] parecía pesar mucho.
}

noticed-none = No se guarda nada de ningún momento difícil.

noticed-notes = { $n ->
    [one] Queda una nota corta por llegar.
   *[other] Quedan { $n } notas cortas por llegar.
}

noticed-erased = Hecho. Ya no se guarda nada de esos momentos.
