using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Coverage;

/// <summary>
/// What TLS handshakes showed of certificates besides what a rule asks for, and which alerts ended them: facts for its
/// reader, which change no status. TLS 1.3 and resumed sessions hide certificates: where a rule wants them of both
/// sides, such flows are counted as unknown. Of a chain only the sender's own certificate is looked at.
/// </summary>
internal sealed class HandshakeTally : IArchived
{
    private const string AnyUsage = "anyExtendedKeyUsage";

    private readonly AlertTally _alerts = new();
    private long _notRequested;
    private long _notPresented;
    private long _refused;
    private long _unknown;
    private long _serverOutsideValidity;
    private long _clientOutsideValidity;
    private long _serverNotForServers;
    private long _clientNotForClients;

    /// <summary>The sentences, each with a leading space; empty if none.</summary>
    public string Sentences =>
        _alerts.Sentence
        + Sentence(_notRequested,
            "the server asked for no client certificate, though the rule has both sides show theirs")
        + Sentence(_notPresented,
            "the client showed no certificate when asked, though the rule has both sides show theirs")
        + Sentence(_refused, "the server refused a client that showed no certificate, as the rule wants it")
        + Sentence(_unknown, "it is unknown whether both sides showed a certificate (TLS 1.3, a resumed session, or no "
        + "handshake in sight)")
        + Sentence(_serverOutsideValidity, "the server's certificate was outside its validity")
        + Sentence(_clientOutsideValidity, "the client's certificate was outside its validity")
        + Sentence(_serverNotForServers, "the server's certificate was not made for servers (extended key usage)")
        + Sentence(_clientNotForClients, "the client's certificate was not made for clients (extended key usage)");

    public void Add(FlowRecord flow, Rule rule)
    {
        if (rule.Security == TransportSecurity.Mtls)
            AddMutual(flow);
        if (flow.Tls is not { } tls)
            return;
        _alerts.Add(tls, flow.Count);
        if (tls.ServerCertificates is [var server, ..])
        {
            _serverOutsideValidity += server.IsOutsideValidity(flow.StartNs) ? flow.Count : 0;
            _serverNotForServers += IsFor(server, "serverAuth") ? 0 : flow.Count;
        }

        if (tls.ClientCertificates is [var client, ..])
        {
            _clientOutsideValidity += client.IsOutsideValidity(flow.StartNs) ? flow.Count : 0;
            _clientNotForClients += IsFor(client, "clientAuth") ? 0 : flow.Count;
        }
    }

    public void UnionWith(HandshakeTally other)
    {
        _notRequested += other._notRequested;
        _notPresented += other._notPresented;
        _refused += other._refused;
        _unknown += other._unknown;
        _serverOutsideValidity += other._serverOutsideValidity;
        _clientOutsideValidity += other._clientOutsideValidity;
        _serverNotForServers += other._serverNotForServers;
        _clientNotForClients += other._clientNotForClients;
        _alerts.UnionWith(other._alerts);
    }

    public void Persist(StateArchive archive)
    {
        _notRequested = archive.Number(_notRequested);
        _notPresented = archive.Number(_notPresented);
        _refused = archive.Number(_refused);
        _unknown = archive.Number(_unknown);
        _serverOutsideValidity = archive.Number(_serverOutsideValidity);
        _clientOutsideValidity = archive.Number(_clientOutsideValidity);
        _serverNotForServers = archive.Number(_serverNotForServers);
        _clientNotForClients = archive.Number(_clientNotForClients);
        _alerts.Persist(archive);
    }

    private void AddMutual(FlowRecord flow)
    {
        if (flow.HidesMutualTls())
            _unknown += flow.Count;
        else if (flow.IsRefusedWithoutCertificate())
            _refused += flow.Count;
        else if (flow.Tls?.ClientCertificate == ClientCertificate.NotRequested)
            _notRequested += flow.Count;
        else if (flow.LacksMutualTls())
            _notPresented += flow.Count;
    }

    /// <summary>A certificate without the extension is for everything (RFC 5280 §4.2.1.12).</summary>
    private static bool IsFor(TlsCertificate certificate, string purpose) =>
        certificate.ExtendedKeyUsages.IsEmpty || certificate.ExtendedKeyUsages.Contains(purpose)
        || certificate.ExtendedKeyUsages.Contains(AnyUsage);

    private static string Sentence(long flows, string what) =>
        flows == 0 ? "" : $" In {Quantity.Of(flows, "flow")} {what}.";
}
