using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Tls;

/// <summary>What the handshakes of one TLS service showed.</summary>
internal sealed class TlsTally(HostIdentity server, ushort port) : IArchived
{
    private const int MaximumServerCertificates = 8;
    private const int MaximumClientCertificates = 20;
    private const int MaximumTexts = 10;
    private const byte Fatal = 2; // RFC 5246 §7.2

    private readonly SortedDictionary<ushort, (string Text, long Flows)> _versions = [];
    private readonly SortedDictionary<ClientCertificate, long> _clients = [];
    private readonly BottomKSet<string> _names = new(MaximumTexts, StringComparer.Ordinal);
    private readonly BottomKSet<string> _alerts = new(MaximumTexts, StringComparer.Ordinal);
    private readonly CertificateTally _serverCertificates = new(MaximumServerCertificates);
    private readonly CertificateTally _clientCertificates = new(MaximumClientCertificates);
    private long _flows;
    private long _firstNs = long.MaxValue;
    private long _lastNs = long.MinValue;

    public HostIdentity Server => server;

    public ushort Port => port;

    public void Add(FlowRecord flow, TlsHandshake handshake)
    {
        _flows += flow.Count;
        _firstNs = Math.Min(_firstNs, flow.StartNs);
        _lastNs = Math.Max(_lastNs, flow.EndNs);
        if (handshake.SawServerHello)
        {
            AddVersion(handshake.Version, handshake.VersionText, flow.Count);
            _clients[handshake.ClientCertificate] =
                _clients.GetValueOrDefault(handshake.ClientCertificate) + flow.Count;
        }

        if (handshake.ServerName is { } name)
            _names.Add(name);
        foreach (var alert in handshake.Alerts.Where(alert => alert.Level == Fatal))
            _alerts.Add($"{(alert.IsFromClient ? "client" : "server")}: {alert.DescriptionText}");
        _serverCertificates.Add(handshake.ServerCertificates, flow.StartNs);
        _clientCertificates.Add(handshake.ClientCertificates, flow.StartNs);
    }

    public void UnionWith(TlsTally other)
    {
        _flows += other._flows;
        _firstNs = Math.Min(_firstNs, other._firstNs);
        _lastNs = Math.Max(_lastNs, other._lastNs);
        foreach (var (version, (text, flows)) in other._versions)
            AddVersion(version, text, flows);
        foreach (var (state, flows) in other._clients)
            _clients[state] = _clients.GetValueOrDefault(state) + flows;
        _names.UnionWith(other._names);
        _alerts.UnionWith(other._alerts);
        _serverCertificates.UnionWith(other._serverCertificates);
        _clientCertificates.UnionWith(other._clientCertificates);
    }

    public void Persist(StateArchive archive)
    {
        _flows = archive.Number(_flows);
        _firstNs = archive.Number(_firstNs);
        _lastNs = archive.Number(_lastNs);
        archive.Map(_versions, StateValues.Port,
            static (archive, _, version) => (archive.Text(version.Text), archive.Number(version.Flows)));
        archive.Map(_clients, static (archive, state) => archive.Word(state),
            static (archive, _, flows) => archive.Number(flows));
        _names.Persist(archive, StateValues.Text);
        _alerts.Persist(archive, StateValues.Text);
        _serverCertificates.Persist(archive);
        _clientCertificates.Persist(archive);
    }

    public TlsServiceRow ToRow() => new(
        server.Address.ToString(), server.ShownName, server.IsListed
            ? server.PrimaryRole
            : "", port, _flows, _firstNs, _lastNs)
    {
        Versions = [.. _versions.Values.Select(version => KeyValuePair.Create(version.Text, version.Flows))],
        ServerNames = [.. _names.Kept],
        ServerCertificates = _serverCertificates.Rows,
        ClientCertificates = _clientCertificates.Rows,
        ClientAuthentication = [.. _clients],
        Alerts = [.. _alerts.Kept],
        IsShortened = _names.IsOverflown || _alerts.IsOverflown || _serverCertificates.IsOverflown
            || _clientCertificates.IsOverflown,
    };

    private void AddVersion(ushort version, string text, long flows) =>
        _versions[version] = (text, _versions.GetValueOrDefault(version).Flows + flows);
}
