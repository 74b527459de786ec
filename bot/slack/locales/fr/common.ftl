# Les effets : leur nom courant, et (.also) ce que l'on peut aussi taper.
effect-CAMERA_PUSH_IN = zoom avant
    .also = avancer, travelling avant
effect-CAMERA_PUSH_OUT = zoom arrière
    .also = reculer, travelling arrière
effect-CAMERA_MOVE_RIGHT = déplacement à droite
    .also = vers la droite, à droite
effect-CAMERA_CRANE_UP = montée
    .also = vers le haut, monter, grue
effect-CAMERA_ORBIT_LEFT = rotation à gauche
    .also = tourner à gauche, orbite à gauche
effect-AUTO_EFFECTS = automatique
    .also = effets automatiques
effect-AUTO_REVERSE = automatique inversé
    .also = inversé

effects-camera = Mouvements de caméra
effects-automatic = Automatiques
effects-other = Autres

sequences = { $count ->
    [one] séquence { $list }
   *[other] séquences { $list }
}
sequence-room = { $position } · { $room }
sequences-many = { $total ->
    [0] { $count } séquences
   *[other] { $count } séquences sur { $total }
}
sequences-of = { $count ->
    [one] séquence { $list } sur { $total }
   *[other] séquences { $list } sur { $total }
}

duration-seconds = { $seconds } s
duration-minutes = { $minutes } min
duration-both = { $minutes } min { $seconds } s

video = Vidéo { $video }

text-buttons = Boutons : { $labels }
text-picture = Image : { $picture }
text-pictured = { $picture } : { $words }
text-more = … La suite est dans le message lui-même.
