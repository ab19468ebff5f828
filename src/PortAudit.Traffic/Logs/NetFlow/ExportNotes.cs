using System.Globalization;
using PortAudit.Traffic.Capture;
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
    private long _records;
    private long _packets;
    private long _lost;
    private long _came;

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

    /// <summary>Notes the packets of a record.</summary>
    public void NotePackets(long packets) =>
        (_records, _packets) = (_records + 1, InterfaceStatistics.AddSaturated(_packets, packets));

    /// <summary>Notes records that were lost before they were received.</summary>
    /// <param name="lost">Their number.</param>
    /// <param name="came">Records that came from the same exporters.</param>
    public void NoteLost(long lost, long came) => (_lost, _came) = (lost, came);

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
        if (_lost > 0)
        {
            tally.NoteOddity(string.Create(CultureInfo.InvariantCulture, $"by the sequence numbers of its datagrams, "
                + $"some {_lost:N0} records were lost, and {_came:N0} came: what is missing may have passed"));

            // A lost record is taken for one of as many packets as the others have.
            tally.NoteDropped((long)Math.Round(_lost * Math.Max(1, (double)_packets / Math.Max(1, _records))));
        }

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
