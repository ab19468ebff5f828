using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Tunnels;

/// <summary>Flows of one client that may carry other traffic in messages of DNS or ICMP, added up.</summary>
internal sealed class TunnelTally : IArchived
{
    /// <summary>Different names from which on there is a tunnel: single lookups with a hash come from mail and
    /// antivirus software, and a tunnel needs as many for its first page of text.</summary>
    public const int LeastNames = 16;

    /// <summary>
    /// Bytes that a query and its answer carry on average from which on there is a tunnel, whatever types were asked
    /// for. A lookup by hash has at most a SHA-256 in hexadecimal (64), a key (26), and an answer of some letters;
    /// tunnels fill names (253) and answers, as each exchange costs them a round trip.
    /// </summary>
    public const int LeastMeanBytes = 120;

    /// <summary>Names that are distinguished.</summary>
    public const int MaximumNames = CarriedNames.MaximumNames;

    public FlowGroup Flows { get; } = new();

    public BottomKSet<ulong> Names { get; } = new(MaximumNames);

    public long Queries { get; private set; }

    /// <summary>Those for types that clients hardly ask for.</summary>
    public long RareQueries { get; private set; }

    public long NameBytes { get; private set; }

    public long AnswerBytes { get; private set; }

    /// <summary>True when so many queries were for types that clients hardly ask for that no other software explains
    /// them.</summary>
    public bool AsksForRareTypes => RareQueries >= LeastNames;

    /// <summary>True when its names look like data.</summary>
    public bool IsOfTunnel => Names.Kept.Count >= LeastNames
        && (AsksForRareTypes || NameBytes + AnswerBytes >= Queries * LeastMeanBytes);

    public void Add(Judgement judgement, CarriedNames names)
    {
        Flows.Add(judgement);
        Queries += names.Queries;
        RareQueries += names.RareQueries;
        NameBytes += names.NameBytes;
        AnswerBytes += names.AnswerBytes;
        foreach (var name in names.Names)
            Names.Add(name);
    }

    /// <summary>Adds a flow of which bytes prove the tunnel.</summary>
    public void Add(Judgement judgement) => Flows.Add(judgement);

    public void UnionWith(TunnelTally other)
    {
        Flows.UnionWith(other.Flows);
        Names.UnionWith(other.Names);
        Queries += other.Queries;
        RareQueries += other.RareQueries;
        NameBytes += other.NameBytes;
        AnswerBytes += other.AnswerBytes;
    }

    public void Persist(StateArchive archive)
    {
        Flows.Persist(archive);
        Names.Persist(archive, static (archive, name) => archive.Unsigned(name));
        Queries = archive.Number(Queries);
        RareQueries = archive.Number(RareQueries);
        NameBytes = archive.Number(NameBytes);
        AnswerBytes = archive.Number(AnswerBytes);
    }
}
