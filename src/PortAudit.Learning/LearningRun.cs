using System.Collections.Immutable;
using PortAudit.Audit.Behaviour;
using PortAudit.Learning.Examples;
using PortAudit.Learning.Measuring;
using PortAudit.Learning.Training;

namespace PortAudit.Learning;

/// <summary>Reads examples, trains, measures on what was held out, and writes what passed.</summary>
internal static class LearningRun
{
    private const int Success = 0;
    private const int NothingPassed = 1;
    private const int BadInput = 2;

    /// <summary>Ways to part the groups, by seeds that follow each other. A kind that passes on some of them only owes
    /// it to the groups that happened to be held out.</summary>
    private const int Splits = 5;

    /// <summary>Runs. Returns 0; 1 when no kind passes, and no model is written; 2 when the manifest cannot be
    /// used.</summary>
    public static int Run(string manifest, string modelPath, string? tablePath, int seed, TextWriter output,
        TextWriter errors)
    {
        if (!CaptureManifest.TryRead(manifest, out var captures, out var error))
        {
            errors.WriteLine($"{manifest}: {error}");
            return BadInput;
        }

        var examples = ExampleSet.Read(captures, errors);
        var splits = Enumerable.Range(seed, Splits).Select(one => Measure(examples, one)).ToList();
        var measured = splits[0].Only(kind => splits.TrueForAll(split => split.IsPassed(kind)));
        var table = QualityTable.Of(measured, splits, seed);
        if (tablePath is null)
            output.Write(table);
        else
            File.WriteAllText(tablePath, table);
        if (measured.Passed.IsEmpty)
        {
            errors.WriteLine("no kind passes: no model is written");
            return NothingPassed;
        }

        File.WriteAllBytes(modelPath, BehaviourModelWriter.Write(new BehaviourModel(measured.Passed)));
        return Success;
    }

    private static Measurement Measure(ImmutableArray<FlowExample> examples, int seed)
    {
        var split = GroupSplit.Of(examples, seed);
        return Measurement.Of(split, ModelTrainer.Train(split.Training, seed));
    }
}
