import SignalPipeline
import Testing

@Suite struct ExampleSelectionTests {
  @Test("lists and ranges in any order are ascending, each example once")
  func parsing() throws {
    let selection = try #require(ExampleSelection("10:19,3,12:20,4"))
    #expect(selection.description == "3:4,10:20")
    #expect(selection.count == 13)
    #expect((0..<13).map { selection[$0] } == [3, 4] + Array(10...20))
    for index in -1...25 {
      let place = selection.place(of: index)
      #expect(selection.contains(index) == (place != nil))
      if let place { #expect(selection[place] == index) }
    }
    #expect(ExampleSelection([]).count == 0 && !ExampleSelection([]).contains(0))
  }

  @Test(
    "other text is none",
    arguments: ["", ",", "1,", "-1", "3:2", "1:2:3", "a", "1-3", "1.5", "4294967296", " 1", ":3"])
  func refusal(_ text: String) {
    #expect(ExampleSelection(text) == nil)
  }

  @Test("an intersection has what both have")
  func intersection() throws {
    let one = try #require(ExampleSelection("0:9,20:29,40"))
    let two = try #require(ExampleSelection("5:24,29,41:99"))
    #expect(one.intersection(two).description == "5:9,20:24,29")
    #expect(one.intersection(two) == two.intersection(one))
  }
}
