/// What a directive asks for.
public enum CellBody: Hashable, Sendable {
  case data(DataSpec)
  case model(ModelCell)
  case plan(PlanCell)
  case train(TrainCell)
  case eval(EvalCell)
  case generate(GenerateCell)
  case compare(CompareCell)
  case expect([Claim])
  case query(QueryCell)
  case plot(PlotCell)
  /// The points of a directive with `sweep:`; each is a cell of its own.
  case sweep(SweepCell)
}
