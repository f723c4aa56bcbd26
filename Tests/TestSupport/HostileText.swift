/// Texts that would act where they should only be shown.
public enum HostileText {
  /// Signs of markup that scalars around them make a part of a larger `Character`: a mark that
  /// combines with what is before it (U+0301), one that prepends itself to what follows (U+0D4E).
  public static let joined = [
    "a<\u{301}b", "\u{D4E}<script>alert(1)\u{D4E}</script>", "\u{D4E}<b>", "a&\u{301}lt;",
    "a\u{D4E}&lt;", "a|\u{301}b", "\u{D4E}|", "\"\u{301} onload=alert(1) \u{D4E}\"", ">\u{301}",
    "`\u{301}a", "\u{D4E}`", "a`\u{301}b\u{D4E}``", "\\|\u{301}", "a\\\u{D4E}|b", "*\u{301}a*",
    "\u{D4E}[a](b)", "'\u{301}", "\u{D4E}<!-- -->", "]]>\u{301}", "$\u{301}x$",
  ]
}
