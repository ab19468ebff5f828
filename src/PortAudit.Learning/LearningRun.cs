using System.Collections.Immutable;
using PortAudit.Audit.Behaviour;
using PortAudit.Learning.Examples;
using PortAudit.Learning.Measuring;
using PortAudit.Learning.Training;

namespace PortAudit.Learning;

/// <summary>Reads examples, trains, measures on fresh ones, and writes what passed.</summary>
/// <param name="Manifest">Path of the list of captures.</param>
/// <param name="Output">Takes the quality table.</param>
/// <param name="Errors">Takes what is left out, and why.</param>
internal sealed record LearningRun(string Manifest, TextWriter Output, TextWriter Errors)
{
    private const int Success = 0;
    private const int NothingPassed = 1;
    private const int BadInput = 2;

    /// <summary>Trains, measures and writes the model. Returns 0; 1 when no kind passes, and no model is written; 2
    /// when the manifest cannot be used.</summary>
    /// <param name="modelPath">The model to write; null to show only how models do on folds of the training part, and
    /// leave the fresh captures unread.</param>
    /// <param name="seed">Seed of the folds and of the trees.</param>
    public int Train(string? modelPath, int seed)
    {
        if (Read(isMeasured: modelPath is not null) is not { } examples)
            return BadInput;
        var trained = ModelTrainer.Train(examples.Training, seed);
        Output.WriteLine(QualityTable.OfFolds(trained));
        if (modelPath is null)
            return Success;
        Output.WriteLine(QualityTable.InsideTls(examples));
        var measured = Measurement.Of(examples, [.. trained.Select(kind => kind.Model)]);
        Output.Write(QualityTable.Of(measured, examples));
        if (measured.Passed.IsEmpty)
        {
            Errors.WriteLine("no kind passes: no model is written");
            return NothingPassed;
        }

        File.WriteAllBytes(modelPath, BehaviourModelWriter.Write(new BehaviourModel(measured.Passed)));
        return Success;
    }

    /// <summary>Writes the training examples to a file (<see cref="ExampleFile"/>). Returns 0, or 2 when the manifest
    /// cannot be used.</summary>
    public int Record(string path)
    {
        if (Read(isMeasured: false) is not { } examples)
            return BadInput;
        File.WriteAllBytes(path, ExampleFile.Write(examples.Training));
        return Success;
    }

    private ExampleSet? Read(bool isMeasured)
    {
        if (!CaptureManifest.TryRead(Manifest, out var manifest, out var error))
        {
            Errors.WriteLine($"{Manifest}: {error}");
            return null;
        }

        var recorded = ImmutableArray.CreateBuilder<FlowExample>();
        foreach (var file in manifest.ExampleFiles)
        {
            if (ReadFile(file, out error) is not { } examples)
            {
                Errors.WriteLine($"{file}: {error}");
                return null;
            }

            recorded.AddRange(examples);
        }

        return ExampleSet.Read([.. manifest.Captures.Where(capture => isMeasured || capture.Use == CaptureUse.Train)],
            recorded, Errors);
    }

    private static ImmutableArray<FlowExample>? ReadFile(string path, out string? error)
    {
        try
        {
            return ExampleFile.TryRead(File.ReadAllBytes(path), out var examples, out error) ? examples : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            error = failure.Message;
            return null;
        }
    }
}
