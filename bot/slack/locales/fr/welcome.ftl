welcome-what = *Bonjour ! Je régénère une séquence d'une vidéo IACrea, depuis la conversation qui en parle.*
welcome-how = Tapez { $typed }, ou { $said } dans le fil d'une vidéo ; { $help } dit le reste. Ou appuyez sur le bouton.
welcome-cost = Cela coûte des crédits : je demande avant de régénérer plus d'une séquence, ou d'annuler un rendu en cours.
