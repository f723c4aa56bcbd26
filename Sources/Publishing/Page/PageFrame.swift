import Digests
import FoundationEssentials

/// What all pages have around their content: head, colours, navigation, footer.
struct PageFrame {
  let title: String
  let language: String
  var contents = ""
  var navigation = ""

  func html(_ main: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="\(HTMLText.escaped(language))">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="generator" content="nbrun">
    <title>\(HTMLText.escaped(title))</title>
    <style>\(PageStyle.sheet)</style>
    <script>\(PageScript.text)</script>
    </head>
    <body>
    <a class="skip" href="#main">\(word(.skip))</a>
    <header>
    \(navigation)\(themeButton)
    </header>
    <div class="columns">
    \(contents)\(main)
    </div>
    <footer>\(word(.madeBy))</footer>
    </body>
    </html>

    """
  }

  private func word(_ word: PageWord) -> String { word.text(language) }

  /// Hidden where no script runs: the page then follows the system.
  private var themeButton: String {
    """
    <button type="button" class="theme" hidden data-name="\(word(.theme))" \
    data-auto="\(word(.themeAuto))" data-light="\(word(.themeLight))" \
    data-dark="\(word(.themeDark))"></button>
    """
  }

  /// Nothing may be loaded, and no style or script run but the page's own, by their digests.
  private static let policy =
    "default-src 'none'; img-src data:; style-src '\(digest(PageStyle.sheet))'; "
    + "script-src '\(digest(PageScript.text))'; base-uri 'none'; form-action 'none'"

  private static func digest(_ text: String) -> String {
    "sha256-" + Data(Digest(hashing: text).bytes).base64EncodedString()
  }
}
