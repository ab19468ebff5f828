using System.Globalization;
using PortAudit.Traffic.Logs.Contract;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>What is said of one file of records when all are read.</summary>
/// <param name="tally">What is read of it.</param>
internal sealed class ExportNotes(LogTally tally)
{
    /// <summary>Flows of one direction from which on an exporter is said to record one only.</summary>
    private const int OneWayFlows = 10;

    private long _withoutAddresses;
    private long _withoutPackets;
    private long _withoutTimes;
    private long _sampling;
    private bool _isScaled;
    private long _repeated;
    private long _oneWay;

    public LogTally Tally => tally;

    /// <summary>Where the exporters of its capture point look at packets.</summary>
    public ObservedInterfaces? Interfaces { get; set; }

    /// <summary>Says a count in the summary, unless it is zero.</summary>
    public static void Say(LogTally tally, long count, string what)
    {
        if (count > 0)
            tally.NoteOddity(string.Create(CultureInfo.InvariantCulture, $"{what}: {count:N0}"));
    }

    /// <summary>Notes what a record lacks.</summary>
    public void Note(RecordLack lack)
    {
        _withoutAddresses += lack == RecordLack.Addresses ? 1 : 0;
        _withoutPackets += lack == RecordLack.Packets ? 1 : 0;
    }

    /// <summary>Notes a record of a flow.</summary>
    /// <param name="times">Its times.</param>
    /// <param name="sampling">One packet in so many was looked at; 0 and 1 for all.</param>
    /// <param name="isScaled">True when its counts were multiplied by an unknown interval.</param>
    public void Note(in ExportTimes times, long sampling, bool isScaled)
    {
        _withoutTimes += times.IsOfExport ? 1 : 0;
        _sampling = Math.Max(_sampling, sampling);
        _isScaled |= isScaled;
    }

    /// <summary>Notes a flow that begins in the file.</summary>
    public void Note(JoinedFlow joined)
    {
        _repeated += joined.IsRepeated ? 1 : 0;
        _oneWay += joined.IsTwoSided || joined.Denied is not null ? 0 : 1;
    }

    /// <summary>Says what was noted.</summary>
    public void Complete()
    {
        Say(tally, _withoutAddresses, "records without addresses, which are no flows");
        Say(tally, _withoutPackets, "records that count no packet, and are no flows");
        Say(tally, _withoutTimes, "records without times, which got that of their export");
        Say(tally, _repeated, "flows recorded twice, in and out or by two domains, which count once");
        if (_sampling > 1)
            tally.NoteOddity(string.Create(CultureInfo.InvariantCulture, $"{_sampling:N0} packets were sent for "
                + $"each one that its exporter looked at: counters are those of the sample, and what is missing "
                + $"may have passed"));
        if (_isScaled)
            tally.NoteOddity("its exporter looked at a sample of the packets: counters are estimates, and what is "
                + "missing may have passed");
        if (_oneWay >= OneWayFlows && Interfaces is { SawBothWays: false })
            tally.NoteOddity("its exporter recorded one direction only, so silence proves nothing");
    }
}
