/// The rectangle that data is drawn in, and how values become pixels.
struct PlotArea {
  /// The values at the left and the right edge.
  let x: ClosedRange<Double>

  /// The values at the lower and the upper edge.
  let y: ClosedRange<Double>

  /// The left edge [px].
  var left = 70.0

  /// The upper edge [px].
  var top = 40.0

  /// The room to the right of the right edge [px].
  var right = 24.0

  private let drawing: (width: Double, height: Double)

  /// Creates the area of a drawing of `width` by `height` pixels.
  init(x: ClosedRange<Double>, y: ClosedRange<Double>, width: Double, height: Double) {
    self.x = x
    self.y = y
    drawing = (width, height)
  }

  /// The area's width [px].
  var width: Double { drawing.width - left - right }

  /// The area's height [px].
  var height: Double { bottom - top }

  /// The lower edge [px].
  var bottom: Double { drawing.height - 52 }

  /// The column of a value [px].
  func column(_ value: Double) -> Double {
    left + (value - x.lowerBound) / (x.upperBound - x.lowerBound) * width
  }

  /// The row of a value [px], at most one plot height beyond an edge.
  func row(_ value: Double) -> Double {
    let share = (value - y.lowerBound) / (y.upperBound - y.lowerBound)
    guard share.isFinite else { return .nan }
    return bottom - min(max(share, -1), 2) * height
  }
}
