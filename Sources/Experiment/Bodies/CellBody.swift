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
}
