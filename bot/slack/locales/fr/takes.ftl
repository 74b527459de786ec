# Les versions précédentes d'une séquence, une carte pour chacune, la plus récente d'abord.
takes-title = *Versions précédentes* : { $what } · Vidéo { $video }
takes-note = Régénérer comme celle-ci reprend cet effet et cette image, et crée un nouveau clip : IACrea ne permet pas de revenir à un clip précédent. Là où aucune image n'apparaît, c'est celle que la séquence aura alors. Les liens d'IACrea peuvent avoir expiré.
takes-none = Aucune version précédente n'est conservée. Chaque régénération est conservée 13 mois, depuis l'installation de ma version actuelle ; vous voyez celles de cette conversation et les vôtres.
takes-more = Les { $shown } plus récentes sur { $count }
take-title = Version { $number } · { $effect }
take-title-plain = Version { $number }
take-picture = image d'origine de la version { $number }
take-somebody = quelqu'un
take-done = Prête
take-failed = Échec
take-expired = Pas terminée à temps
take-stopped = Pas suivie jusqu'au bout
take-not-started = Ne semble pas avoir démarré
take-thread = <{ $link }|voir là>

button-takes = Versions précédentes
button-takes-which = Versions précédentes : { $what }
button-takes-of = Versions précédentes sur { $video }
button-like-this = Régénérer comme celle-ci
button-like-this-cost = Régénérer comme celle-ci · { $credits ->
    [one] { $credits } crédit
   *[other] { $credits } crédits
}
button-like-this-which = Régénérer comme la version { $number }
button-clip = Clip
button-clip-of = Clip de la version { $number }
button-film = Vidéo entière
button-film-of = Vidéo entière après la version { $number }

confirm-like = Cela régénère : { $what }, avec l'effet et l'image de cette version. C'est un nouveau clip, pas celui-là. { $cost }
confirm-like-effect = Cela régénère : { $what }, effet { $effect }, avec l'image de cette version. C'est un nouveau clip, pas celui-là. { $cost }
