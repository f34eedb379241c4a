# De dónde sale una respuesta: lo que se dice a "¿por qué dices eso?". En `why-from` se pueden añadir
# nombres de flujos nuevos; sin nombre, un flujo es "unas preguntas".

button-why = ¿De dónde lo sacas?

help-why = Pregunta **por qué** después de cualquier cosa que diga, y te cuento de dónde sale.

why-from = **{ $part ->
        [checkin] El registro del día
        [lapse] La charla después de consumir
        [reachout] Hablar con alguien
        [note] La nota
        [hope] La caja de esperanza
        [change] Cambiar una respuesta
        [welcome] El comienzo
        [settings] Los ajustes
        [forget] Borrarlo todo
        [skill] Un ejercicio
        [plan] Un plan para un mal momento
        [talk] La charla para momentos difíciles
        [page] La página de "ayuda ya"
        [interface] Lo que digo entre una cosa y otra
       *[flow] Unas preguntas
    }** ({ $file }: { $place }). { $rest ->
        [seen] Se apoya en: { $sources }. Se consultó por última vez el { $checked }.
        [general] Se apoya en lo que suele decirse. Nadie lo ha comprobado todavía.
       *[own] Son palabras nuestras. No hay otra fuente.
    }

why-reviewed = Lo ha revisado { $who }.

why-unreviewed = Nadie de fuera del proyecto lo ha revisado todavía.

why-lines = Los números salen de la lista de líneas de ayuda:

why-line = **{ $service }**, según { $source }. Se comprobó por última vez el { $checked }.

why-abroad = Los números de cada país salen de la lista de líneas de ayuda. Ahí está la fuente y el día de cada uno.

why-nothing = Ahora no hay nada mío que explicar. Todo lo que digo está en archivos que cualquiera puede leer. No me invento nada sobre la marcha.

why-gone = Lo último que dije ha cambiado desde entonces, así que no puedo decirte dónde está.

why-visitor = No guardo nada de esto hasta que empieces, así que no sé qué fue lo último que dije. Todo lo que digo está en archivos que cualquiera puede leer.
