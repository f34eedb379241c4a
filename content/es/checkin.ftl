# Alrededor del registro: la mañana y la noche, la página extra, las preguntas propias, las notas.

pair-on = Listo, la mañana y la noche van juntas. Por la mañana puedes elegir una cosa para el día, y en tu registro de la noche te pregunto cómo te fue. No te mando ningún mensaje por esto.

pair-off = Listo, ya no van juntas. Tu registro queda como antes.

pair-needs-keeping = Para eso tendría que guardar tus registros. Por la noche solo puedo preguntarte por una mañana que esté guardada. Puedes activarlo en los ajustes.

more-needs-keeping = Para eso tendría que guardar tus registros, y ahora mismo no los guardo. La página está ahí cuando la pidas.

more-is-on = Desde ahora, después de un registro de un día normal viene la página extra; en un día difícil no. Puedes saltarte lo que quieras.

more-is-off = La página extra queda otra vez aparte. La tienes debajo de tu registro, para cuando la quieras.

questions-off = Tus preguntas van con tus propias palabras, y ahora mismo no las guardo. Por eso no tengo dónde ponerlas.

notes-none = Todavía no hay notas.

notes-no-older = No hay notas más antiguas.

notes-not-found = No encontré eso en ninguna nota. También puedes buscar solo una parte de la palabra.

notes-narrow = { $n ->
    [one] Hay otra nota más antigua que también lo tiene. Con una palabra más es fácil dar con la que buscas.
   *[other] Hay otras { $n } notas más antiguas que también lo tienen. Con una palabra más es fácil dar con la que buscas.
}

notes-line = **{ $weekday ->
    [mon] Lunes
    [tue] Martes
    [wed] Miércoles
    [thu] Jueves
    [fri] Viernes
    [sat] Sábado
   *[sun] Domingo
}, { $date }**
    { $note }

button-older = Anteriores
button-pair = Mañana y noche
button-more-on = Preguntarlo siempre
button-more-off = Solo cuando yo quiera
button-notes = Mis notas

since-when = { $part ->
    [past] ese día
   *[other] desde ayer
}

still-open-day = { $part ->
    [past] {""}
   *[other] {" "}El día sigue abierto.
}

kept-first = { $keep_checkins ->
    [yes] Queda guardado.{" "}
   *[no] {""}
}
