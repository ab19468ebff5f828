namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>Where the exporters of a capture point look at packets, learned from their records: only there can an
/// answer be recorded.</summary>
internal sealed class ObservedInterfaces
{
    /// <summary>Interfaces kept: those of a large router with all its lines. Of others no silence is claimed.</summary>
    public const int Maximum = 20_000;

    private const byte Egress = 1;

    private readonly HashSet<(uint Interface, bool IsEgress)> _seen = [];

    /// <summary>True once both directions of any flow were recorded.</summary>
    public bool SawBothWays { get; set; }

    /// <summary>Notes where a record was made.</summary>
    public void Note(in ExportedFlow record)
    {
        var isEgress = record.Way == Egress;
        var number = isEgress ? record.Output : record.Input;
        if (number != 0 && _seen.Count < Maximum)
            _seen.Add((number, isEgress));
    }

    /// <summary>True when an answer to the packets of a record would have been recorded: it comes in where they went
    /// out, and goes out where they came in.</summary>
    public bool WouldShowAnswers(in ExportedFlow record)
    {
        if (!SawBothWays || record.HidesAnswers)
            return false;
        if (record.Input == 0 || record.Output == 0)
            return true;
        return _seen.Contains((record.Output, false)) || _seen.Contains((record.Input, true));
    }
}
