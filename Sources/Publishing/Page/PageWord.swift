/// The words of a page around what the notebook says.
enum PageWord: String {
  case skip = "Skip to the content"
  case contents = "Contents"
  case notebooks = "Notebooks"
  case theme = "Colours"
  case themeAuto = "as the system"
  case themeLight = "light"
  case themeDark = "dark"
  case frontMatter = "Front matter"
  case output = "Output of"
  case fresh, stale, missing = "not run", edited = "edited by hand", inactive = "not active"
  case failed, claimsFail = "claims fail"
  case staleNote = "This output was written for an earlier state of the cell."
  case missingNote = "This cell has no output yet."
  case editedNote = "This output was changed by hand after it was written."
  case failedNote = "The latest run of this cell failed:"
  case claimsFailNote = "Some of these claims do not hold."
  case warning = "Not everything on this page is the result of what it says:"
  case madeBy = "Made by nbrun"
  case cells
  case noImage = "image not found"
  case sort = "Sort by this column"
  case explore = "Point at the figure, or focus it and use the arrow keys."

  func text(_ language: String) -> String {
    language.hasPrefix("ja") ? japanese : rawValue
  }

  private var japanese: String {
    switch self {
    case .skip: "本文へ移動"
    case .contents: "目次"
    case .notebooks: "ノートブック"
    case .theme: "配色"
    case .themeAuto: "システムに合わせる"
    case .themeLight: "ライト"
    case .themeDark: "ダーク"
    case .frontMatter: "フロントマター"
    case .output: "出力:"
    case .fresh: "最新"
    case .stale: "古い出力"
    case .missing: "未実行"
    case .edited: "手で編集済み"
    case .inactive: "対象外"
    case .failed: "失敗"
    case .claimsFail: "不成立の主張あり"
    case .staleNote: "この出力は、セルが変更される前に書かれたものです。"
    case .missingNote: "このセルにはまだ出力がありません。"
    case .editedNote: "この出力は、書かれた後に手で変更されています。"
    case .failedNote: "このセルの直近の実行は失敗しました:"
    case .claimsFailNote: "成り立たない主張があります。"
    case .warning: "このページには、記述どおりの結果ではないものが含まれます:"
    case .madeBy: "作成: nbrun"
    case .cells: "セル"
    case .noImage: "画像が見つかりません"
    case .sort: "この列で並べ替え"
    case .explore: "図を指すか、フォーカスして矢印キーで調べられます。"
    }
  }
}
