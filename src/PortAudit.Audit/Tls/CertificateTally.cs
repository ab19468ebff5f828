using System.Collections.Immutable;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Tls;

/// <summary>Certificates that one side of a service showed, each once.</summary>
/// <param name="limit">Certificates kept at most, those with the smallest digests.</param>
internal sealed class CertificateTally(int limit) : IArchived
{
    private readonly BottomKMap<string, Entry> _bySha256 = new(limit, StringComparer.Ordinal);

    public bool IsOverflown => _bySha256.IsOverflown;

    public ImmutableArray<SeenCertificate> Rows => [.. _bySha256.Values.Select(entry =>
        new SeenCertificate(entry.Certificate, entry.Flows, entry.OutsideValidity))];

    /// <summary>Adds the sender's own certificate of a chain; nothing when there is none.</summary>
    public void Add(ImmutableArray<TlsCertificate> chain, long startNs)
    {
        if (chain is [var own, ..])
            _bySha256.GetOrAdd(own.Sha256, () => new Entry(own))?.Add(1, own.IsOutsideValidity(startNs) ? 1 : 0);
    }

    public void UnionWith(CertificateTally other)
    {
        _bySha256.UnionWith(other._bySha256, entry => new Entry(entry.Certificate),
            (entry, more) => entry.Add(more.Flows, more.OutsideValidity));
    }

    public void Persist(StateArchive archive) => _bySha256.Persist(archive, StateValues.Text, static (archive, _,
        entry) =>
    {
        var certificate = TlsContent.Certificate(archive, entry?.Certificate);
        entry ??= new Entry(certificate);
        entry.Persist(archive);
        return entry;
    });

    private sealed class Entry(TlsCertificate certificate) : IArchived
    {
        public TlsCertificate Certificate => certificate;

        public long Flows { get; private set; }

        public long OutsideValidity { get; private set; }

        public void Add(long flows, long outsideValidity)
        {
            Flows += flows;
            OutsideValidity += outsideValidity;
        }

        public void Persist(StateArchive archive)
        {
            Flows = archive.Number(Flows);
            OutsideValidity = archive.Number(OutsideValidity);
        }
    }
}
