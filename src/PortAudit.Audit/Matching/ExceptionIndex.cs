using System.Collections.Immutable;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Matching;

/// <summary>The exceptions of a site.</summary>
internal sealed class ExceptionIndex(ImmutableArray<SiteException> exceptions, RuleIndex index)
{
    /// <summary>Places, in the site's list, of the exceptions that cover the flow, that which holds longest first: it
    /// decides, for when it has expired, all have. Whether it has is known only at the end of the capture.</summary>
    public ImmutableArray<int> Covering(FlowRecord flow, HostIdentity originator, HostIdentity responder)
    {
        if (exceptions.IsEmpty)
            return [];
        return
        [
            .. Enumerable.Range(0, exceptions.Length).Where(place =>
            {
                var exception = exceptions[place];
                return (exception.Transports.IsEmpty || exception.Transports.Contains(flow.Transport))
                    && (exception.Ports.IsEmpty || !flow.Transport.HasPorts
                        || exception.Ports.Any(range => range.Contains(flow.Responder.Port)))
                    && index.IsA(originator, exception.From)
                    && index.IsA(responder, exception.To);
            }).OrderByDescending(place => exceptions[place].Expires),
        ];
    }
}
