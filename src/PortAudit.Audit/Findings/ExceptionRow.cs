using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Dynamic;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Timelines;
using PortAudit.Audit.Tls;
using PortAudit.Traffic;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Names;

namespace PortAudit.Audit;

/// <summary>An exception of the site and what used it.</summary>
/// <param name="Exception">The exception.</param>
/// <param name="Flows">Flows it covered, and excused unless it had expired.</param>
/// <param name="Expired">True when it expired before the capture's last packet.</param>
public sealed record ExceptionRow(PortAudit.Audit.Site.SiteException Exception, long Flows, bool Expired);
