using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Findings;

/// <summary>Reports announced ports that the intended clients never contacted: the client only enumerated services, the
/// application gave up, or the connection bypassed the capture.</summary>
/// <param name="directory">Who has which address.</param>
internal sealed class UnusedAnnouncements(HostDirectory directory)
{
    /// <summary>Services that an explanation names at most.</summary>
    private const int MaximumServices = 10;

    /// <summary>The findings, one for each pair of roles and announcer.</summary>
    public IEnumerable<FindingDraft> Of(ImmutableArray<AnnouncementUse> uses) =>
        from use in uses
        where use.Flows == 0 && IsMissed(use.Announcement)
        let server = directory.Resolve(use.Announcement.Server.Address)
        let client = use.Announcement.For is { } address ? directory.Resolve(address) : null
        where server.IsListed || client is { IsListed: true }
        group (use.Announcement, Server: server, Client: client) by (From: client?.PrimaryRole ?? "",
            To: server.PrimaryRole, use.Announcement.AnnouncedBy) into cause
        select OfCause(cause.Key.From, cause.Key.To, cause.Key.AnnouncedBy, [.. cause]);

    /// <summary>Most candidates are tried once or never, and many who send media leave out the RTCP whose port comes
    /// with it (RFC 3550 §6.2).</summary>
    private static bool IsMissed(Announcement announcement) =>
        announcement is { IsOnPortItself: false, IsCandidate: false }
        && ProtocolRegistry.Find(announcement.Protocol) is not { IsMediaReport: true };

    private static FindingDraft OfCause(string from, string to, string announcedBy,
        ImmutableArray<(Announcement Announcement, HostIdentity Server, HostIdentity? Client)> unused)
    {
        var announcements = unused.Select(entry => entry.Announcement).ToList();
        var ports = PortRange.Union(announcements.Where(announcement => announcement.Transport.HasPorts)
            .Select(announcement => announcement.Server.Port));
        var servers = HostsOf(unused.Select(entry => entry.Server));
        var clients = HostsOf(unused.Select(entry => entry.Client).OfType<HostIdentity>());
        var served = announcements.DistinctBy(announcement => (announcement.Server, announcement.Transport)).Count();
        var toClients = clients.Kept.Count == 0 ? "" : $" to {HostList.Of(clients)}";
        var draft = FindingDrafting.OfAbsence(
            new FindingKey(FindingKind.AnnouncedPortUnused, from, to, null, announcedBy),
            [.. announcements.Select(announcement => announcement.Transport).Distinct()],
            ports,
            $"{announcedBy} announced {Quantity.Of(served, "port")} of {HostList.Of(servers)}{toClients} that none "
                + $"of these clients contacted: {ServicesOf(announcements)}.",
            "A client that only listed services is fine. If its application fails, check whether it tried "
                + $"the port elsewhere, or by a path that was not captured.");
        return draft with
        {
            Finding = draft.Finding with
            {
                Originators = FindingDrafting.Hosts(clients),
                Responders = FindingDrafting.Hosts(servers),
                FirstSeenNs = announcements.Min(announcement => announcement.SeenNs),
                LastSeenNs = announcements.Max(announcement => announcement.SeenNs),
            },
            Announcing = [.. announcements.Select(announcement => announcement.Frame).Distinct().Order()
                .Take(FlowGroup.MaximumAnnouncingFrames)],
        };
    }

    private static BottomKSet<HostIdentity> HostsOf(IEnumerable<HostIdentity> hosts)
    {
        var set = FlowGroup.NewHostSet();
        foreach (var host in hosts)
            set.Add(host);
        return set;
    }

    private static string ServicesOf(List<Announcement> announcements)
    {
        var services = announcements
            .Select(announcement => $"{announcement.Service ?? announcement.Protocol ?? "a port"} on "
                + $"{PortOf(announcement.Transport, announcement.Server)}")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        var rest = services.Count - MaximumServices;
        return string.Join(", ", services.Take(MaximumServices)) + (rest > 0 ? $" and {rest} more" : "");
    }

    private static string PortOf(IpProtocol transport, Endpoint server) =>
        transport.HasPorts ? $"{transport} {server.Port}" : transport.ToString();
}
