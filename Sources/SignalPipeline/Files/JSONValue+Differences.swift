extension JSONValue {
  /// The paths of the values in which two JSON texts differ, such as `spectrum.bins`.
  func differences(from other: JSONValue, at place: String = "") -> [String] {
    guard case .object(let first) = self, case .object(let second) = other else {
      return self == other ? [] : [place]
    }
    return Set(first.keys).union(second.keys).sorted().flatMap { key in
      (first[key] ?? .null).differences(
        from: second[key] ?? .null, at: place.isEmpty ? key : "\(place).\(key)")
    }
  }
}
