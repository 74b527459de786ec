help-title = *Je régénère une séquence d'une vidéo IACrea, et je vous préviens ici quand elle est prête.*
help-thread = { $example }  dans le fil d'une vidéo : régénère sa deuxième séquence
help-form = { $example }  ouvre un formulaire : choisissez, puis validez
help-storyboard = { $example }  montre les séquences de la vidéo en images
help-one = { $example }  régénère la deuxième séquence
help-effect = { $example }  … avec un autre effet
help-image = { $example }  … à partir d'une autre image
help-several = { $example }  plusieurs séquences
help-room = { $example }  la séquence qui porte ce nom, s'il n'y en a qu'une
help-failed = { $example }  toutes celles qui ont échoué
help-again = { $example }  … la même chose encore une fois
help-name = { $example }  donne un nom à la vidéo
help-show = { $example }  montre à nouveau sa dernière demande
help-takes = { $example }  montre les versions précédentes de sa deuxième séquence, pour en refaire une semblable
help-status = { $example }  ce qui est en cours ici, et ce que cela a coûté
help-effects = { $example }  liste les effets
help-video = { $video } est l'identifiant de la vidéo, un lien vers elle, un nom qu'on lui a donné, ou { $last }. Régénérer coûte des crédits.
effects-intro = { $count ->
    [one] Vous pouvez ajouter { $count } effet après la séquence.
   *[other] Vous pouvez ajouter l'un de ces { $count } effets après la séquence.
}
effects-example = { $intro } Par exemple : { $example }
effects-line = • *{ $effect }*
effects-line-also = • *{ $effect }*  (ou { $also })
effects-more = … et { $count } de plus
