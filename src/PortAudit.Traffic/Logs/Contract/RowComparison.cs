using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Contract;

/// <summary>Passes on the connections of several logs, each once (<see cref="RepeatedConnections"/>), also where their
/// clocks differ (<see cref="SkewedClocks"/>).</summary>
/// <param name="inputs">The logs.</param>
/// <param name="firstCapture">Number of the first; files of smaller numbers are captures.</param>
/// <param name="repeated">What captures have, and what the logs show.</param>
/// <param name="captured">Time of all captures.</param>
/// <param name="sink">Receives every connection once.</param>
internal sealed class RowComparison(ImmutableArray<LogInput> inputs, int firstCapture, RepeatedConnections repeated,
    FileTime captured, Action<FlowRecord, Outcome> sink)
{
    private const double NsPerSecond = 1_000_000_000;

    private readonly SkewedClocks _clocks = new(repeated);

    /// <summary>Adds a connection.</summary>
    /// <param name="flow">The connection.</param>
    /// <param name="early">Its outcome if the log ended too early for an answer.</param>
    public void Add(FlowRecord flow, Outcome early)
    {
        if (repeated.IsRepeat(flow, out var other))
            NoteRepeat(flow, other);
        else if (!_clocks.TryHold(flow, early))
            sink(flow, early);
    }

    /// <summary>Passes on what was held back, and says what was not compared: all logs are read.</summary>
    public void Complete()
    {
        _clocks.Complete(capture => capture < firstCapture ? captured : TallyOf(capture).Time, NoteDifference,
            NoteRepeat, sink);
        if (repeated.NotKept > 0)
            inputs[0].Tally.NoteOddity(string.Create(CultureInfo.InvariantCulture,
                $"{repeated.NotKept:N0} connections were not compared with those of other files, as at most "
                    + $"{RepeatedConnections.Maximum:N0} are kept: what two sensors saw may count twice"));
        if (_clocks.NotHeld > 0)
            inputs[0].Tally.NoteOddity(string.Create(CultureInfo.InvariantCulture,
                $"{_clocks.NotHeld:N0} connections were not compared with those of files whose clock differs, as at "
                    + $"most {SkewedClocks.Maximum:N0} are: what two sensors saw may count twice"));
    }

    private LogTally TallyOf(int capture) => inputs[capture - firstCapture].Tally;

    private void NoteRepeat(FlowRecord flow, int other)
    {
        var tally = TallyOf(flow.Capture);
        if (other < firstCapture)
            tally.Captured++;
        else
            tally.Repeats++;
    }

    private void NoteDifference(ClockDifference difference)
    {
        var than = difference.AheadNs > 0 ? "ahead of" : "behind";
        var other = difference.Other < firstCapture
            ? "the capture"
            : inputs[difference.Other - firstCapture].Member.Path;
        TallyOf(difference.Capture).NoteOddity(string.Create(CultureInfo.InvariantCulture,
            $"its clock is {Math.Abs(difference.AheadNs) / NsPerSecond:N1} s {than} that of {other}, by the "
                + $"connections that both have: these count once, with the time there"));
    }
}
