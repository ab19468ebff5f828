using System.Globalization;

namespace PortAudit.Mutants;

/// <summary>Runs the program over many trials and keeps what fails.</summary>
/// <param name="site">Site file for <c>audit</c>.</param>
/// <param name="keep">Folder for the inputs that fail.</param>
/// <param name="log">Receives progress and the summary.</param>
internal sealed class MutationTest(string site, string keep, TextWriter log)
{
    /// <summary>A run that has not ended by then hangs: the test ends there.</summary>
    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(1);

    private const int ProgressStep = 1000;

    private readonly SortedDictionary<int, int> _exitCodes = [];
    private readonly KnownBehaviour _known = new();
    private (TimeSpan Elapsed, string Name) _slowest;
    private (long Bytes, string Name) _highest;
    private int _trials;

    /// <summary>Runs that failed.</summary>
    public int Failures { get; private set; }

    /// <summary>Runs every trial through <c>audit</c> and <c>flows</c>.</summary>
    /// <param name="trials">The inputs, made one by one.</param>
    /// <param name="shownNew">Told of a trial that made the program do something that no trial before it did.</param>
    public void Run(IEnumerable<Trial> trials, Action<Trial> shownNew)
    {
        var folder = Directory.CreateTempSubdirectory("portaudit-mutants-").FullName;
        try
        {
            foreach (var trial in trials)
            {
                var path = Path.Combine(folder, trial.Name);
                File.WriteAllBytes(path, trial.Bytes);
                var isNew = Judge(trial, "audit", "--site", site, "--json", "-", path)
                    | Judge(trial, "flows", "--format", "csv", path);
                if (isNew)
                    shownNew(trial);
                File.Delete(path);
                if (++_trials % ProgressStep == 0)
                    log.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{_trials} inputs, {Failures} failures"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Writes what was found.</summary>
    public void Summarise()
    {
        var codes = string.Join(", ",
            _exitCodes.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} ({pair.Value} times)")));
        log.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{_trials} inputs, two runs each; exit codes {codes}"));
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"slowest {_slowest.Elapsed.TotalSeconds:F2} s "
            + $"({_slowest.Name}), highest memory {_highest.Bytes >> 20} MiB ({_highest.Name})"));
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_known.Count} different behaviours"));
        log.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Failures} failures{(Failures > 0 ? $", kept in {keep}" : "")}"));
    }

    /// <summary>Runs one command; true when it did something new.</summary>
    private bool Judge(Trial trial, params string[] args)
    {
        var running = Task.Run(() => ProgramRun.Of(args));
        if (!running.Wait(HangGuard))
        {
            Keep(trial, args[0], "does not end");
            Summarise();
            Environment.Exit(1);
        }

        var run = running.Result;
        _exitCodes[run.ExitCode] = _exitCodes.GetValueOrDefault(run.ExitCode) + 1;
        if (run.Elapsed > _slowest.Elapsed)
            _slowest = (run.Elapsed, trial.Name);
        if (run.PeakBytes > _highest.Bytes)
            _highest = (run.PeakBytes, trial.Name);
        if (run.Complaint is null)
            return _known.Learn(run);
        Keep(trial, args[0], run.Complaint);
        return false;
    }

    private void Keep(Trial trial, string command, string complaint)
    {
        Failures++;
        Directory.CreateDirectory(keep);
        File.WriteAllBytes(Path.Combine(keep, trial.Name), trial.Bytes);
        log.WriteLine($"{command} {trial.Name}: {complaint}");
    }
}
