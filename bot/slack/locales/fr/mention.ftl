# Ce qui est répondu aux mots qui ne lancent rien.
mention-hello = *Mentionnez-moi et dites ce qu'il faut régénérer.* Rien n'a été lancé.
mention-prose = Je ne lance que ce qui est entièrement une commande ; rien n'a donc été lancé.
mention-meant = Vouliez-vous dire { $example } ? Le bouton ouvre le formulaire ainsi rempli.
mention-help = • Dans le fil d'une vidéo : { $example }, ou { $again }
mention-help-more = • Tout ce que je comprends : { $example }
mention-no-video = Quelle vidéo ? Dites { $example }, avec son identifiant, un lien vers elle ou son nom ; ou remplissez le formulaire.
mention-which = Ce fil parle de plusieurs vidéos, rien n'a donc été lancé. De laquelle s'agit-il ?
mention-which-shown = Ce fil parle de plusieurs vidéos. Dites { $examples }.
button-on-video = Sur { $video }
button-status = État
