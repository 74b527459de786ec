# What is said of a link to a new image, before anything is announced or spent.
problem-picture-page = That image link opens a web page, not the image itself. Open the image alone (right-click it, *Copy image address*) and use that link.
problem-picture-page-dropbox = Dropbox shows a page there, not an image. Use the link to the image itself, not to its folder, and let everybody who has the link see it.
problem-picture-page-drive = Google Drive shows a page there, not an image. Share the image itself, not its folder, with everybody who has the link, and use that link.
problem-picture-page-share = { $share } has no links to an image itself, only to a page that shows it. Put the image on Dropbox or Google Drive, let everybody who has the link see it, and use that link.
problem-picture-file = That image link leads to a file of the kind { $format }, of which no film can be made. Use a JPG or PNG.
problem-picture-unknown = There is no image behind that link. Use a link to a JPG or PNG.
problem-picture-gone = There is nothing behind that image link any more. Copy it again, or use another one.
problem-picture-damaged = The image behind that link is damaged: it ends too early. Upload it again, or use another one.

# $size: such as 1920 × 1080.
ask-picture-slow = The image link did not answer me within three seconds, so I have not seen the image. Perhaps IACrea can load it.
ask-picture-unreached = I cannot reach the image link from where I run, so I have not seen the image. Perhaps IACrea can load it.
ask-picture-refused = The image link answers me with { $status }, so I have not seen the image. Perhaps IACrea can load it.
ask-picture-format = The image is a { $format }; IACrea promises to take JPG and PNG.
ask-picture-small = The image has { $size } pixels only. With fewer than { $least } on a side it looks blurred in a film.
ask-picture-shape = The image has { $size } pixels and the film is { $shape }: more than two fifths of the image would not fit in.
