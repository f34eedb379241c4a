# Alrededor de la charla: lo que ninguna entrada conoce, anotar las propias palabras, y dejar en paz.

heard-you = Lo he leído. Soy un programa con frases hechas, y prefiero decir que ninguna encaja a fingir que sí.

cannot-answer =
    Eso todavía no lo puedo responder. Puedo contarte qué hago y quién puede ver qué, y buscar algo para los próximos diez minutos.
    Para hablar con una persona, en muchos países: findahelpline.com.

note-this-kept = Anotado en tu día, con tus palabras.

note-this-gone = Ya no tengo esas palabras. Solo las conservo hasta lo siguiente que hagas. Puedes escribirlas como nota.

stop-choices =
    No hay nada abierto, y no tienes que responder nada. Puedes elegir cuánto silencio quieres:
    una **pausa**: durante una semana no escribo primero, salvo las notas a las que dijiste que sí;
    o **no escribir primero**: lo mismo hasta que lo vuelvas a encender, y esas notas tampoco llegan;
    o **borrar todo**: lo que sé de ti se borra para siempre, tras una pregunta.

stop-when-paused =
    No hay nada abierto. No escribo primero hasta el { when-short }, { $date }, salvo las notas a las que dijiste que sí.
    Puedes terminar la pausa, hacer que dure, o borrar todo lo que sé de ti.

stop-when-off = No hay nada abierto, y no escribo primero. Puedes volver a encenderlo, o borrar todo lo que sé de ti.

paused = En pausa hasta el { when-short }, { $date }. Hasta entonces no escribo primero, salvo las notas a las que dijiste que sí. Si escribes, te respondo como siempre.

switched-off = Listo. Ya no escribo primero, y las notas que prometí no llegarán. Si escribes, te respondo como siempre. Para volver a encenderlo: /encender.

switched-on = Listo. Puedo volver a escribir primero, pero solo lo que me pidas.

button-note-this = Anotarlo en hoy
button-pause = Pausa de una semana
button-off = No escribir primero
button-on = Volver a escribir
