using System.Collections.Immutable;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>One port, range or IP protocol that a line of a document prints.</summary>
/// <param name="Document">The document's identifier in <c>rules/sources.yaml</c>.</param>
/// <param name="Line">The line, the first is 1.</param>
/// <param name="Transports">What is printed beside it; empty when the document prints no transport, so that either will
/// do.</param>
/// <param name="Ports">The ports; null for an IP protocol, which has none.</param>
/// <param name="IsTraffic">False for what describes a setting or a range in general: any entry may state it, a rule
/// cannot.</param>
internal sealed record PrintedFact(string Document, int Line, ImmutableArray<IpProtocol> Transports,
    PrintedPorts? Ports, bool IsTraffic = true)
{
    /// <inheritdoc />
    public override string ToString()
    {
        var transports = Transports.IsEmpty ? "no transport" : string.Join('+', Transports);
        return $"{Document}:{Line} {transports}{(Ports is null ? "" : $" {Ports}")}";
    }
}
