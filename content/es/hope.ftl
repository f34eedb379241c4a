# La caja de esperanza, en español: palabras y enlaces propios para una mala noche.

button-hope = Caja de esperanza
button-hope-add = Poner algo en la caja
button-hope-remove = Sacar algo de la caja

hope-box = **En tu caja de esperanza**, lo último primero:

hope-empty = Tu caja de esperanza aún está vacía. Aquí van palabras y enlaces tuyos, para una noche en que cueste encontrarlos.

button-hope-this = Ponerlo en la caja

hope-another = Eso no lo he guardado. ¿Va también a tu caja de esperanza?

hope-no-older = En tu caja de esperanza no hay nada más.

hope-off = Para tener una caja de esperanza hace falta que guarde tus palabras, y ahora no las guardo. Lo cambias con un botón. Luego di otra vez **caja de esperanza**.

hope-not-here = En este chat no puedo guardar palabras. Un papel junto a la cama también sirve de caja de esperanza.

hope-minor = Como tienes menos de 18 años, no guardo ninguna palabra tuya. Un papel junto a la cama también sirve de caja de esperanza.

kind-hope = { $n ->
    [one] { $n } cosa en tu caja de esperanza
   *[other] { $n } cosas en tu caja de esperanza
}{ since-day }
