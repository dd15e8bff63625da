import Foundation
import SignalPipeline
import Testing

@Suite struct EvaluationReportTests {
  private func percent(_ share: Double) -> String {
    NumberText.percent(share).replacing(" ", with: "\u{A0}")
  }

  private func figure(_ value: Double) -> String { NumberText.fixed(value, decimals: 4) }

  @Test("the page tells the figures of the evaluation")
  func figures() throws {
    let model = try ReportScene.model(threshold: 0.36)
    let dataset = try ReportScene.dataset(model, classes: model.classes + ["strange"])
    let (evaluation, page) = try ReportScene.report(model, dataset)
    let reading = try PageReading(page)
    for text in [
      percent(evaluation.accuracy.value), percent(evaluation.confusion.balancedAccuracy),
      percent(evaluation.accuracy.lower), percent(evaluation.accuracy.upper),
      figure(evaluation.reliability.expectedCalibrationError), "How good is m on test?",
    ] {
      #expect(reading.words.contains(text), "\(text)")
    }
    for (index, score) in evaluation.scores.enumerated() {
      let hits = evaluation.confusion[truth: index, predicted: index]
      let recall = Proportion(hits, of: score.support)
      #expect(
        reading.cells(score.name).contains([
          percent(score.precision), percent(score.recall),
          "\(percent(recall.lower)) to \(percent(recall.upper))", figure(score.f1),
          "\(score.support)", "\(score.predicted)",
        ]))
      let rejected = try #require(evaluation.rejection?.rejectedByClass?[index])
      #expect(
        reading.cells(score.name).contains {
          $0.first == percent(rejected.value) && $0.last == "\(rejected.count)"
        })
    }
    let unknown = try #require(evaluation.unknowns?.first)
    #expect(
      reading.cells("strange").contains {
        $0.first == figure(unknown.areaUnderCurve) && $0[1] == percent(unknown.rejected.value)
      })
    let before = try #require(evaluation.uncalibrated)
    #expect(
      reading.cells("1 (as trained)") == [
        [figure(before.expectedCalibrationError), figure(before.negativeLogLikelihood)]
      ])
    #expect(before != evaluation.reliability)
    let snr = try #require(evaluation.curve(.snr))
    let cell = try #require(snr.cells.first { $0.accuracy.count > 0 })
    let ends = [cell.lower, cell.upper].map { NumberText.fixed($0, decimals: 1) }
    #expect(
      reading.cells("\(ends[0]) to \(ends[1]) dB").first?.first == percent(cell.accuracy.value))
  }

  @Test("contents lead to sections, and the page follows the reader's light or dark ground")
  func page() throws {
    let model = try ReportScene.model()
    let (_, page) = try ReportScene.report(model, ReportScene.dataset(model, count: 6), name: "<x>")
    let reading = try PageReading(page)
    #expect(reading.links.count == 10)
    for link in reading.links {
      #expect(reading.ids.contains(String(link.dropFirst())), "\(link)")
    }
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\""))
    #expect(page.contains("<title>&lt;x&gt; on test"))
    #expect(page.contains("@media print") && page.contains("prefers-color-scheme:dark"))
  }

  @Test("what stands out is the commonest mistake, told with its counts")
  func standout() throws {
    let model = try ReportScene.model()
    let (evaluation, page) = try ReportScene.report(model, ReportScene.dataset(model))
    let confusion = evaluation.confusion
    let pairs = (0..<3).flatMap { truth in (0..<3).map { (truth, $0) } }.filter { $0.0 != $0.1 }
    let most = try #require(pairs.map { confusion[truth: $0.0, predicted: $0.1] }.max())
    let wrong = evaluation.accuracy.count - evaluation.accuracy.successes
    let words = try PageReading(page).words
    #expect(words.contains("\(most) of all \(wrong) mistakes"))
    #expect(words.contains(": \(most) of "))
  }

  @Test("every drawing says in words what it shows, and nothing comes from elsewhere")
  func drawings() throws {
    let model = try ReportScene.model(threshold: 0.36)
    let (evaluation, page) = try ReportScene.report(
      model, ReportScene.dataset(model),
      against: [
        EvaluationReport.Entry(
          name: "folder/other.safetensors", model: model,
          evaluation: try Evaluation(
            of: model, on: ReportScene.dataset(model), offsetCells: 8, workers: 1))
      ])
    let reading = try PageReading(page)
    let drawings = page.components(separatedBy: "<svg ").dropFirst()
    // Confusion, three curves, the map, reliability, mistakes with neighbours and the profiles.
    #expect(drawings.count > 6 + 8)
    for drawing in drawings {
      #expect(drawing.contains(" role=\"img\" aria-label=\""))
      let title = try #require(drawing.firstMatch(of: /<title>(.*)<\/title>/)?.1)
      let summary = try #require(drawing.firstMatch(of: /<desc>(.*)<\/desc>/)?.1)
      #expect(!title.isEmpty && summary.count > 20)
    }
    #expect(Set(reading.ids).count == reading.ids.count)
    #expect(reading.addresses.allSatisfy { $0.hasPrefix("#") })
    #expect(reading.elements["script"] == nil && reading.elements["link"] == nil)
    #expect(!page.contains("@import"))
    #expect(page.components(separatedBy: "url(").dropFirst().allSatisfy { $0.hasPrefix("#") })
    // Both are in the legend, and in the table beside each other.
    #expect(reading.words.contains("other"))
    #expect(
      reading.cells("folder/other.safetensors").first?.first == percent(evaluation.accuracy.value))
  }

  @Test("names in any script and full of markup stay names")
  func hostile() throws {
    let names = [
      "<script>alert(1)</script>", "\" onload='x' &amp; ]]>", "\u{5E9}\u{5DC}\u{202E}\u{1}--><b>",
    ]
    var model = try ReportScene.model(threshold: 0.36)
    model.classes = names
    model.provenance.recipe = "train '<i>' --seed \"1\""
    model.provenance.dataset = "</table>"
    let dataset = try ReportScene.dataset(model, classes: names + ["</style><u>"])
    let (_, page) = try ReportScene.report(
      model, dataset, name: "<m>&.safetensors", folder: "t\u{F6}st \"<x>\"\n/")
    let reading = try PageReading(page)
    for tag in ["script", "b", "i", "u", "x", "m"] { #expect(reading.elements[tag] == nil) }
    for name in names {
      #expect(reading.words.contains(name.replacing("\u{1}", with: "")), "\(name)")
    }
    #expect(reading.words.contains("</style><u>") && reading.words.contains("t\u{F6}st \"<x>\""))
    #expect(page.contains("<bdi>\u{5E9}"))
  }

  @Test("the same models and examples give the same bytes on any number of threads")
  func deterministic() throws {
    let model = try ReportScene.model()
    let dataset = try ReportScene.dataset(model)
    let page = try ReportScene.report(model, dataset, workers: 1).page
    #expect(try ReportScene.report(model, dataset, workers: 3).page == page)
  }

  @Test("without conditions, threshold and history the page says so")
  func nothingKnown() throws {
    let model = try ReportScene.model()
    let dataset = try ReportScene.dataset(model, knowsConditions: false)
    let words = try PageReading(ReportScene.report(model, dataset).page).words
    #expect(words.contains("does not tell the conditions"))
    #expect(words.contains("no confidence threshold"))
    #expect(words.contains("does not tell what its epochs came to"))
    #expect(words.contains("all of classes that the model knows"))
  }

  @Test("one example, one class, none wrong or none right: there is a page")
  func few() throws {
    let model = try ReportScene.model()
    for knowsConditions in [true, false] {
      let one = try ReportScene.dataset(model, count: 1, knowsConditions: knowsConditions)
      for label in 0..<3 {
        var dataset = one
        dataset.labels = [label]
        let (evaluation, page) = try ReportScene.report(model, dataset)
        let words = try PageReading(page).words
        let isRight = evaluation.accuracy.successes == 1
        #expect(words.contains("There is no mistake.") == isRight)
        #expect(words.contains("All 1 examples were told rightly.") == isRight)
        #expect(words.contains("so there is no right answer to take apart") == !isRight)
      }
    }
    var single = model
    single.classes = ["only"]
    single.network.layers[3] = .linear(Linear(outputs: 1))
    var generator = SeededGenerator(seed: 3)
    single.parameters = try Network(single.network).initialParameters(using: &generator)
    let dataset = try ReportScene.dataset(single, count: 4)
    let words = try PageReading(ReportScene.report(single, dataset).page).words
    #expect(words.contains("A model of one class has nothing to tell apart"))
    #expect(words.contains("All 4 examples were told rightly."))
  }

  @Test("a model that notes its epochs has them drawn and told")
  func training() throws {
    var model = try ReportScene.model()
    model.provenance.history = try (1...3).map { epoch in
      try JSONDecoder().decode(
        EpochReport.self,
        from: Data(
          """
          {"epoch":\(epoch),"learningRate":0.001,"trainingLoss":\(1 / Double(epoch)),
          "trainingAccuracy":0.5,"validationLoss":\(1.5 / Double(epoch)),
          "validationAccuracy":0.625,"isBest":true}
          """.utf8))
    }
    let reading = try PageReading(
      ReportScene.report(model, ReportScene.dataset(model, count: 6)).page)
    #expect(reading.words.contains("best epoch 3: validation loss 0.5000, accuracy 0.6250"))
    #expect(
      reading.cells("2 (best so far)") == [
        ["0.001000", "0.5000", percent(0.5), "0.7500", percent(0.625)]
      ])
  }
}
