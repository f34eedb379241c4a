# Alrededor del registro: la mañana y la noche, la página de más, las preguntas propias, las notas.

pair-on = Listo, quedan unidas la mañana y la noche. Por la mañana puedes elegir una cosa para el día, y tu registro de la noche te pregunta qué tal fue. No te escribo por eso.

pair-off = Listo, ya no van unidas. Tu registro vuelve a ser el de antes.

pair-needs-keeping = Para eso tendría que guardar tus registros: la noche solo puede preguntar por una mañana guardada. Puedes activarlo en los ajustes.

more-is-on = Desde ahora, después de cada registro viene la página de más. Puedes saltar lo que quieras.

more-is-off = La página de más vuelve a quedar aparte. La tienes a un toque, debajo de tu registro.

questions-off = Una pregunta tuya son tus propias palabras, y ahora mismo aquí no se guardan. Por eso no hay dónde ponerla.

notes-elsewhere = Eso es para nuestro chat privado.

notes-none = Todavía no hay notas.

notes-no-older = No hay más antiguas.

notes-not-found = Ninguna nota tiene eso. También vale una parte de la palabra.

notes-narrow = { $n ->
    [one] Otra nota más antigua también lo tiene. Con una palabra más la encuentras antes.
   *[other] Otras { $n } notas más antiguas también lo tienen. Con una palabra más afinas.
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
