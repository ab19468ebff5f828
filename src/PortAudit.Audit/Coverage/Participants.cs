using PortAudit.Audit.Matching;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Coverage;

/// <summary>What a host of the site had to do with a rule. Several may hold.</summary>
[Flags]
internal enum Participation : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A flow of it exercised or tried the rule.</summary>
    TookPart = 1,

    /// <summary>A flow on the rule's port was not of the protocol and security that the rule asks for.</summary>
    Misfit = 2,

    /// <summary>A flow may belong to the rule: its port was not announced, or the capture ended too early.</summary>
    Unclear = 4,
}

/// <summary>The hosts of the site that had to do with one rule for one pair of its roles. Bounded by the
/// site.</summary>
internal sealed class Participants : IArchived
{
    private const int AllParticipations = (int)(Participation.TookPart | Participation.Misfit | Participation.Unclear);

    private readonly Dictionary<(string Host, bool Opens), Participation> _hosts = [];

    /// <summary>What a host had to do with the rule.</summary>
    /// <param name="host">Name of the host.</param>
    /// <param name="opens">True for what it opened, false for what was opened to it.</param>
    public Participation Of(string host, bool opens) => _hosts.GetValueOrDefault((host, opens));

    /// <summary>The hosts that took part, in no order.</summary>
    /// <param name="opens">True for those that opened flows, false for those to which they were opened.</param>
    public IEnumerable<string> TookPart(bool opens) =>
        _hosts.Where(entry => entry.Key.Opens == opens && entry.Value.HasFlag(Participation.TookPart))
            .Select(entry => entry.Key.Host);

    public void Add(Judgement judgement, Participation participation)
    {
        Add(judgement.Originator.Name, opens: true, participation);
        Add(judgement.Responder.Name, opens: false, participation);
    }

    public void UnionWith(Participants other)
    {
        foreach (var ((host, opens), participation) in other._hosts)
            Add(host, opens, participation);
    }

    public void Persist(StateArchive archive) => archive.Map(
        _hosts,
        static (archive, host) => (archive.Text(host.Host), archive.Flag(host.Opens)),
        static (archive, _, participation) => (Participation)archive.Index((int)participation, AllParticipations));

    private void Add(string? host, bool opens, Participation participation)
    {
        if (host is not null)
            _hosts[(host, opens)] = _hosts.GetValueOrDefault((host, opens)) | participation;
    }
}
