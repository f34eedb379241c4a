# Salidas para un momento difícil, en español.

button-cope = Algo para este rato
button-cope-craving = Ganas fuertes
button-cope-anxiety = Miedo o angustia
button-cope-anger = Rabia
button-cope-low = Todo pesa
button-cope-sleepless = No puedo dormir
button-cope-lonely = Soledad
button-cope-bored = Aburrimiento
button-cope-grief = Duelo
button-cope-celebration = Una fiesta o buena noticia
button-cope-shame = Después de una recaída
button-cope-ending = Mientras espero
button-cope-more = Otra cosa
button-cope-again = Una vez más
button-cope-keep = Guardar este
button-cope-drop = No es para mí
button-practice = Probar uno con calma

cope-which = ¿Qué es lo más difícil ahora mismo? Un toque, y te enseño tres salidas cortas.

cope-offers = { $known ->
    [yes] { $new ->
        [yes] Dos que ya te aliviaron esto antes, y uno que no has probado:
       *[no] Estos ya te aliviaron esto antes:
    }
   *[no] { $state ->
        [ending] Mientras llegas a alguien, uno de estos puede llevarte por los próximos minutos:
       *[other] Aquí hay unas salidas cortas. Toma la que parezca más fácil:
    }
}

cope-eased = { $state ->
    [craving] Te calmó las ganas
    [anxiety] Te calmó el miedo
    [anger] Te calmó la rabia
    [low] Te hizo el rato más llevadero
    [sleepless] Te acercó al sueño
    [lonely] Te alivió la soledad
    [bored] Te calmó la inquietud
    [grief] Te alivió el dolor
    [celebration] Te calmó las ganas
    [shame] Te alivió el mal rato
   *[ending] Te alivió
} { $times ->
    [one] una vez de { $of }.
   *[other] { $times } veces de { $of }.
}

cope-nothing = Ahora mismo no tengo nada más para esto. Quizá una persona sí.

cope-kept = Ya está entre los tuyos.

cope-dropped = Ese no te lo ofrezco más. Puedes recuperarlo en la lista.

cope-gone = Ese ejercicio ya no lo tengo.

guide-place = Paso { $n } de { $of }

guide-in = **Entra el aire**, despacio. Respiración { $n } de { $of }.
guide-again = **Y un poco más de aire.** Respiración { $n } de { $of }.
guide-hold = **Quieto el aire**, sin apretar. Respiración { $n } de { $of }.
guide-out = **Sale el aire**, más largo. Respiración { $n } de { $of }.
guide-rest = **Una pausa** antes de la siguiente. Respiración { $n } de { $of }.
guide-left = { $n ->
    [one] El último minuto.
   *[other] Quedan { $n } minutos.
}

guide-heard = Te leo. No guardo nada de lo que escribas aquí.
guide-still = El ejercicio está en pausa. Sigue cuando quieras.
guide-enough = Pues ya basta. Parar está bien.

reading-skill = Ejercicio
reading-before = Antes
reading-after = Después
reading-favourite = Ejercicio guardado
reading-unwanted = Ejercicio que no es para ti
reading-left-out = Ejercicios que se dejan fuera
caution-breath = Respirar contando
caution-cold = Agua fría
caution-effort = Esfuerzo del cuerpo
caution-inward = Mirar hacia dentro
caution-food = Comida
caution-outside = Salir a la calle

kind-skill = { $n ->
    [one] un ejercicio
   *[other] { $n } ejercicios
}{ since-day }

retry-guide-1 = El ejercicio está en pausa. Toca **Seguir** o **Ya basta**.
retry-guide-2 = Sigue aquí. Toca **Seguir** o **Ya basta**.
retry-guide-3 = Puedes tocar **Ya basta** cuando quieras. No se pierde nada.
