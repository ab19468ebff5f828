using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Tls;

/// <summary>What TLS handshakes showed, by server and port. Traffic between hosts without a role is left out.</summary>
internal sealed class TlsLedger : IArchived
{
    /// <summary>TLS services, those with the lowest addresses and ports.</summary>
    public const int MaximumServices = 1_000;

    private readonly BottomKMap<(IpAddress Address, ushort Port), TlsTally> _services =
        new(MaximumServices, Comparer<(IpAddress Address, ushort Port)>.Default);

    public bool IsOverflown => _services.IsOverflown;

    public ImmutableArray<TlsServiceRow> Rows => [.. _services.Values.Select(tally => tally.ToRow())];

    /// <summary>Adds a flow; does nothing when no handshake of it was seen.</summary>
    public void Add(Judgement judgement)
    {
        if (judgement.Flow.Tls is { } handshake && judgement.Verdict != Verdict.OutOfScope)
            _services.GetOrAdd((judgement.Responder.Address, judgement.Flow.Responder.Port),
                () => new TlsTally(judgement.Responder, judgement.Flow.Responder.Port))?.Add(judgement.Flow, handshake);
    }

    public void UnionWith(TlsLedger other) =>
        _services.UnionWith(other._services, tally => new TlsTally(tally.Server, tally.Port),
            (tally, more) => tally.UnionWith(more));

    public void Persist(StateArchive archive) => _services.Persist(
        archive,
        static (archive, service) => (archive.Address(service.Address), archive.Port(service.Port)),
        static (archive, service, tally) =>
        {
            tally ??= new TlsTally(archive.Knowledge.HostOf(service.Address), service.Port);
            tally.Persist(archive);
            return tally;
        });
}
