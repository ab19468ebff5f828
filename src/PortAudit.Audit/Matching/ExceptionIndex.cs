using System.Collections.Immutable;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Matching;

/// <summary>The exceptions of a site.</summary>
internal sealed class ExceptionIndex(ImmutableArray<SiteException> exceptions, RuleIndex rules)
{
    /// <summary>Indexes, in the site's list, of the exceptions that cover the flow, latest expiry first: that one
    /// decides. Whether it has expired is known only at the end of the capture.</summary>
    public ImmutableArray<int> Covering(FlowRecord flow, HostIdentity originator, HostIdentity responder)
    {
        if (exceptions.IsEmpty)
            return [];
        return
        [
            .. Enumerable.Range(0, exceptions.Length).Where(index =>
            {
                var exception = exceptions[index];
                return (exception.Transports.IsEmpty || exception.Transports.Contains(flow.Transport))
                    && (exception.Ports.IsEmpty || !flow.Transport.HasPorts
                        || exception.Ports.Any(range => range.Contains(flow.Responder.Port)))
                    && rules.IsA(originator, exception.From)
                    && rules.IsA(responder, exception.To);
            }).OrderByDescending(index => exceptions[index].Expires),
        ];
    }
}
