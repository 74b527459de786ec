# Le storyboard : une vidéo et ses séquences, pour une personne ou pour un canal.
storyboard-title = *Storyboard* de { $video } · { $state }
storyboard-done = prête
storyboard-failed = IACrea indique un échec
storyboard-count = { $count ->
    [one] { $count } séquence
   *[other] { $count } séquences
}
storyboard-cost = { $credits ->
    [one] { $credits } crédit pour en régénérer une
   *[other] { $credits } crédits pour en régénérer une
}
storyboard-cost-unknown = en régénérer une coûte des crédits
storyboard-range = { $first ->
    [1] Les { $last } premières séquences sur { $count }
   *[other] Séquences { $first } à { $last } sur { $count }
}
storyboard-range-shared = Les { $last } premières séquences sur { $count }. Appuyez sur Storyboard pour les voir toutes.
storyboard-positions = Les numéros comptent les séquences animées par IACrea, non les scènes du film.
storyboard-automatic = C'est une vidéo automatique, créée par IACrea lui-même. Vous pouvez la regarder ; IACrea ne documente la régénération que pour les autres vidéos, il n'y a donc pas de bouton pour cela ici.
storyboard-card = { $position } · { $effect }
storyboard-card-plain = Séquence { $position }

sequence-success = Prête
sequence-pending = En cours de création…
sequence-error = Échec
sequence-hidden = IACrea ne montre pas son état pour le moment
sequence-says = IACrea indique { $status }

button-regenerate-failed = Régénérer les échecs ({ $count })
button-regenerate-failed-cost = Régénérer les échecs ({ $count }) · { $credits ->
    [one] { $credits } crédit
   *[other] { $credits } crédits
}
button-previous = { $count } précédentes
button-next = { $count } suivantes
button-name-video = Nommer cette vidéo
button-share = Partager dans le canal
button-name-sequences = Nommer les séquences
share-unclear = Slack ne m'a pas dit si le storyboard a été publié. Regardez dans le canal avant de le partager à nouveau.
