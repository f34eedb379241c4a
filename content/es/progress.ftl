# Mi camino, en español: días que cuentan, y lo que se queda.

path-name = **{ $discreet ->
    [yes] { $which ->
        [used] Camino principal
        [drinking] Camino A
        [smoking] Camino B
        [drugs] Camino C
        [gambling] Camino D
       *[other] Camino E
    }
   *[no] { $which ->
        [used] Camino principal
        [drinking] Beber
        [smoking] Fumar
        [drugs] Drogas
        [gambling] Apostar
       *[other] Otra cosa
    }
}**

so-many = { $years ->
    [0] { $n ->
        [one] un día
       *[other] { $n } días
    }
    [one] un año
   *[other] { $years } años
}

progress-none = No estoy contando ningún día, y no hace falta contar nada. Si quieres que los cuente: un día difícil es un solo día, y todos los demás se quedan.

progress-off = No guardo tus registros, así que no tengo días que contar. Si quieres, lo cambias en **Ajustes**. Y si no, también está bien.

progress-minor = Como tienes menos de 18 años, no guardo tus registros, y tampoco cuento días.

progress-total = { $total ->
    [0] La cuenta empieza el { a-day }
    [one] Un día en tu camino desde el { a-day }
   *[other] { $total } días en tu camino desde el { a-day }
}{ $otherwise ->
    [0] .
    [one] ; en un día respondiste otra cosa.
   *[other] ; en { $otherwise } días respondiste otra cosa.
}

progress-before = { $before ->
    [one] Y un día más de antes: { $total } en total.
   *[other] Y { $before } días más de antes: { $total } en total.
}

progress-longest = { $longest ->
    [one] La racha más larga: un día.
   *[other] La racha más larga: { $longest } días.
}

progress-last = En los últimos 90 días: { $n }.

progress-limit = { $most ->
    [one] Tu límite: un día de cada siete. Un día dentro del límite cuenta.
   *[other] Tu límite: { $most } días de cada siete. Un día dentro del límite cuenta.
}

progress-strength = Firmeza ahora: { $share } de 100, { $band ->
    [young] está empezando
    [growing] va creciendo
    [steady] se sostiene
   *[strong] muy firme
}.

progress-paused = En pausa desde el { a-day }. Los días de pausa no suman ni restan.

progress-near = Ya casi llegas a { so-many }, por si quieres saberlo.

progress-stays = Lo que construiste se queda: { $total ->
    [one] un día
   *[other] los { $total } días
}{ $n ->
    [0] .
   *[other] , y la marca de { so-many }.
}

progress-silence = Un día sin respuesta también cuenta en tu camino: el silencio no cuesta nada. Un día difícil quita un poco de firmeza, y esa firmeza vuelve.

progress-fresh = Esta es una página nueva, desde el { a-day }. Lo de antes no se borró: está oculto, y vuelve cuando quites la página nueva.

fresh-off = Ya no hay página nueva. Todo lo que me contaste se puede volver a mirar.

milestone = { $which ->
    [only] Llegaste a { so-many } en tu camino. Eso es tuyo, venga lo que venga.
   *[other] { path-name }: llegaste a { so-many }. Eso es tuyo, venga lo que venga.
}

path-day-odd = Ese día todavía está por llegar, o queda demasiado atrás para contarlo.

path-not-counted = De eso no llevo la cuenta, así que no hay nada que cambiar.

path-ended = Ya no cuento ningún día. Lo que me contaste en tus registros se queda.

button-progress = Mi camino
button-path-begin = Contar mis días
button-path-fresh = Página nueva: sí o no
button-path-change = Cambiar mi camino
