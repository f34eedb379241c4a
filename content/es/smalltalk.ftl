# Alrededor de la charla: lo que ninguna entrada conoce, anotar las propias palabras, y dejar en paz.

heard-you = Me llega lo que dices. Soy un programa y no tengo una buena respuesta, pero no tienes que guardártelo.

cannot-answer =
    Eso no lo puedo responder. Puedo mostrarte quién puede ver qué, o ayudarte a hablar con alguien.
    Para hablar con una persona, en muchos países: findahelpline.com.

note-this-kept = { $today ->
    [yes] Anotado en tu día, con tus palabras.
   *[no] Anotado en tu { when-short }, con tus palabras.
}

note-this-gone = Ya no tengo esas palabras. Solo las tengo hasta que haces otra cosa. Si quieres, escríbelas como nota.

stop-choices =
    No hay nada abierto, y no tienes que responder nada. ¿Quieres que te escriba menos?
    {""}**Pausa de una semana**: no te escribo primero durante siete días. Las notas cortas a las que dijiste que sí llegan igual.
    {""}**No me escribas primero**: lo mismo, hasta que me pidas que vuelva. Esas notas tampoco llegan. Si escribes, te respondo.
    {""}**Borrar todo**: se borra todo lo que sé de ti. Antes te lo pregunto una vez más.

stop-when-paused =
    No hay nada abierto. No te escribo primero hasta el { when-short }, { $date }, salvo las notas cortas a las que dijiste que sí.
    Puedes terminar la pausa, dejarla sin fecha de fin, o borrar todo lo que sé de ti.

stop-when-off = No hay nada abierto, y no te escribo primero. Puedes pedirme que vuelva a escribirte, o borrar todo lo que sé de ti.

paused = En pausa hasta el { when-short }, { $date }. Hasta entonces no te escribo primero, salvo las notas cortas a las que dijiste que sí. Si me escribes, te respondo como siempre.

switched-off = Listo. No te escribo primero, ni mando las notas cortas. A lo que tú escribas respondo como siempre. Para cambiarlo: /encender.

switched-on = Listo. Puedo volver a escribirte primero, pero solo lo que me pidas.

button-note-this = Anotarlo en mi día
button-pause = Pausa de una semana
button-off = No me escribas primero
button-on = Escríbeme otra vez
