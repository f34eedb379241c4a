# Salidas para un momento difícil, en español.

button-cope = Algo para este rato
button-cope-craving = Ganas fuertes
button-cope-anxiety = Miedo o angustia
button-cope-anger = Rabia
button-cope-low = Todo pesa
button-cope-sleepless = No puedo dormir
button-cope-lonely = Soledad
button-cope-bored = Aburrimiento o inquietud
button-cope-grief = Duelo
button-cope-celebration = Una fiesta o buena noticia
button-cope-shame = Después de una recaída
button-cope-ending = Algo mientras espero
button-cope-more = Otra cosa
button-cope-again = Una vez más
button-cope-keep = Guardar este
button-cope-drop = No es para mí
button-practice = Probar uno con calma

cope-which = ¿Qué es lo más difícil ahora mismo? Tócalo y te muestro tres ejercicios cortos.

cope-offers = { $known ->
    [yes] { $new ->
        [yes] Dos que ya te aliviaron en ratos así, y uno que no has probado para esto:
       *[no] Lo que ya te alivió en ratos así:
    }
   *[no] { $state ->
        [ending] Mientras alguien te contesta, uno de estos puede acompañarte unos minutos:
       *[other] Aquí van unos ejercicios cortos. Elige el que parezca más fácil:
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

cope-kept = Listo, ya está entre los tuyos.

cope-dropped = Este no te lo vuelvo a ofrecer. Si lo quieres de vuelta, está en la lista.
button-undrop = Deshacer
cope-undropped = Vuelve a estar entre los que te ofrezco.

cope-gone = Ese ejercicio ya no lo tengo.

exercise-closed = El ejercicio en el que estabas queda cerrado.{ $kept ->
    [yes] {" "}Lo que habías puntuado queda guardado.
   *[no] {""}
}

exercise-ending = Con eso pasaron unos minutos. Los siguientes, mejor con alguien a tu lado.

# Encima de cada pantalla de un ejercicio junto a pensamientos de morir; "none" si no se conoce.
near-lines = { $number ->
    [none] Si hay peligro, llama al número de emergencias de tu país.
   *[other] Si hay peligro, llama al **{ $number }**.
}{ $call ->
    [none] {" "}Para hablar con alguien: findahelpline.com.
   *[other] {" "}Para hablar con alguien: **{ $call }**.
}

guide-place = Paso { $n } de { $of }{ $waits ->
    [begin] . Toca **Comenzar** y avanza sin tocar nada más.
    [next] . Toca **Siguiente** cuando quieras.
   *[no] {""}
}

guide-in = **Toma aire**, despacio. Respiración { $n } de { $of }.
guide-again = **Un poco más.** Respiración { $n } de { $of }.
guide-hold = **Mantén el aire**, sin apretar. Respiración { $n } de { $of }.
guide-out = **Suelta el aire**, poco a poco. Respiración { $n } de { $of }.
guide-rest = **Espera** antes de la siguiente. Respiración { $n } de { $of }.
guide-left = { $n ->
    [one] El último minuto.
   *[other] Quedan { $n } minutos.
}

guide-heard = Te leo, y no guardo nada de esto. Escribe más, o sigue aquí abajo.
guide-still = El ejercicio está en pausa. Sigue cuando quieras.
guide-enough = Lo dejamos aquí. Parar está bien.
guide-stopped = Entonces paramos aquí. Este no era el de ahora, y está bien decirlo.
guide-closed = El ejercicio queda cerrado.

reading-skill = Ejercicio
reading-for = Para
reading-state = { $state ->
    [craving] { button-cope-craving }
    [anxiety] { button-cope-anxiety }
    [anger] { button-cope-anger }
    [low] { button-cope-low }
    [sleepless] { button-cope-sleepless }
    [lonely] { button-cope-lonely }
    [bored] { button-cope-bored }
    [grief] { button-cope-grief }
    [celebration] { button-cope-celebration }
    [shame] { button-cope-shame }
    [ending] Pensar en morir
   *[other] Un momento difícil
}
reading-practice = Fue para practicar, no en un mal rato.
reading-before = Antes
reading-far = Hasta dónde
reading-how-far = { $far ->
    [done] hasta el final
   *[enough] una parte
}
reading-after = Después
reading-hard = Lo último que costaba
reading-rated = Con qué fuerza
reading-hard-on = Anotado por última vez el
reading-shown = Ejercicio que te mostré hace poco
reading-last = Ejercicio que hiciste por última vez
reading-practised = Te propuse practicar por última vez el
reading-favourite = Ejercicio guardado
reading-unwanted = Ejercicio que no es para ti
reading-left-out = Ejercicios que se dejan fuera
caution-breath = Respirar contando
caution-cold = Agua fría
caution-effort = Esfuerzo físico
caution-inward = Mirar hacia dentro
caution-food = Comida
caution-outside = Salir a la calle

kind-skill = { $n ->
    [one] un ejercicio
   *[other] { $n } ejercicios
}{ since-day }

retry-guide-1 = El ejercicio está en pausa. Toca **Continuar** o **Dejarlo aquí**.
retry-guide-2 = Aquí te espera. Toca **Continuar** o **Dejarlo aquí**.
retry-guide-3 = Puedes tocar **Dejarlo aquí** cuando quieras. No se pierde nada.
