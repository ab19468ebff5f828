using System.CommandLine;
using System.CommandLine.Parsing;
using PortAudit.Audit.Behaviour;
using PortAudit.Cli.Terminal;

namespace PortAudit.Cli.Input;

/// <summary><c>--behaviour</c> and <c>--behaviour-model FILE</c>: name flows by their behaviour.</summary>
internal sealed class BehaviourOption
{
    private readonly Option<bool> _isGiven = new("--behaviour")
    {
        Description = "Name flows whose protocol no bytes prove by the sizes and times of their packets, and list "
            + "those that behave unlike the rule that allows them. The model that ships names voice.",
    };

    private readonly Option<string?> _model = new("--behaviour-model")
    {
        Description = "As --behaviour, with a model that 'portaudit-learn' trained.",
        HelpName = "FILE",
    };

    /// <summary>Adds it to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_isGiven);
        command.Add(_model);
    }

    /// <summary>True when flows are named by a model.</summary>
    public bool IsGiven(SymbolResult result) =>
        result.GetValue(_isGiven) || result.GetResult(_model) is not null;

    /// <summary>The path; null when none is given.</summary>
    public string? Path(ParseResult parsed) => parsed.GetValue(_model);

    /// <summary>Reads the model. False, with a line in the log, when there is no such file. With a file that is no
    /// usable model the audit goes on without, after a warning.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="log">The log.</param>
    /// <param name="model">The model; null when there is none.</param>
    public bool TryRead(ParseResult parsed, DiagnosticLog log, out BehaviourModel? model)
    {
        model = null;
        if (Path(parsed) is not { } path)
        {
            model = parsed.GetValue(_isGiven) ? BehaviourModel.Default : null;
            return true;
        }

        try
        {
            // One byte more than is read shows that there is too much.
            using var file = File.OpenRead(path);
            var bytes = new byte[Math.Min(file.Length, BehaviourModelReader.MaximumBytes + 1L)];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (!BehaviourModelReader.TryRead(bytes.AsMemory(0, length), out model, out var error))
                log.Warning($"{path}: no flow is named by its behaviour: {error}");
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            log.Error($"{path}: {failure.Message}");
            return false;
        }
    }
}
