using PortAudit.Audit.Site;


namespace PortAudit.Audit.Findings;

/// <summary>An exception of the site and what used it.</summary>
/// <param name="Exception">The exception.</param>
/// <param name="Flows">Flows it covered, and excused unless it had expired.</param>
/// <param name="Expired">True when it expired before the capture's last packet.</param>
public sealed record ExceptionRow(SiteException Exception, long Flows, bool Expired);
