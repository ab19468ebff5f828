using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;

namespace PortAudit.Audit.State;

/// <summary>What an auditor judges by. Only auditors of one origin can be united, and only a state of that origin
/// loaded.</summary>
/// <param name="SiteSha256">SHA-256 of the site file.</param>
/// <param name="Catalogs">Identifiers and SHA-256 of the catalogs, in the order of the site.</param>
/// <param name="WithTimelines">True when it notes when what happened.</param>
internal sealed record StateOrigin(string SiteSha256, ImmutableArray<(string Id, string Sha256)> Catalogs,
    bool WithTimelines)
{
    /// <summary>Names of the firewalls that are compared, and SHA-256 of their configurations.</summary>
    public ImmutableArray<(string Name, string Sha256)> Policies { get; init; } = [];

    /// <summary>True when it notes who uses which service, to compare that with a baseline. Which one does not
    /// matter.</summary>
    public bool WithServices { get; init; }

    /// <summary>True when it counts by day.</summary>
    public bool WithTrend { get; init; }

    public static StateOrigin Of(CatalogSet catalogs, SiteFile site, bool withTimelines,
        IEnumerable<(string Name, string Sha256)> policies, bool withServices, bool withTrend) =>
        new(site.Sha256, [.. catalogs.Files.Select(file => (file.Id, file.Sha256))], withTimelines)
        {
            Policies = [.. policies],
            WithServices = withServices,
            WithTrend = withTrend,
        };

    public static StateOrigin Persisted(StateArchive archive, StateOrigin? origin) => new(
        archive.Text(origin?.SiteSha256 ?? ""),
        archive.Array(origin?.Catalogs ?? [],
            static (archive, catalog) => (archive.Text(catalog.Id), archive.Text(catalog.Sha256))),
        archive.Flag(origin?.WithTimelines ?? false))
    {
        Policies = archive.Array(origin?.Policies ?? [],
            static (archive, policy) => (archive.Text(policy.Name), archive.Text(policy.Sha256))),
        WithServices = archive.Flag(origin?.WithServices ?? false),
        WithTrend = archive.Flag(origin?.WithTrend ?? false),
    };

    /// <summary>Why what was judged by another origin is no part of this one, as a clause; null when it is.</summary>
    public string? WhyApart(StateOrigin other)
    {
        if (other.SiteSha256 != SiteSha256)
            return "it belongs to another site, or to this one before the site file changed";
        var before = other.Catalogs.Except(Catalogs).Select(catalog => catalog.Id).ToList();
        var now = Catalogs.Except(other.Catalogs).Select(catalog => catalog.Id).ToList();
        if (before.Intersect(now, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .ToList() is { Count: > 0 } changed)
            return $"it was judged by another version of {(changed.Count == 1 ? "the catalog" : "the catalogs")} "
                + $"{string.Join(", ", changed)}";
        if (!other.Catalogs.SequenceEqual(Catalogs))
            return $"it was judged by other catalogs: "
                + $"{string.Join(", ", other.Catalogs.Select(catalog => catalog.Id))}";
        if (!other.Policies.SequenceEqual(Policies))
            return "it was judged with other configurations of firewalls";
        if (other.WithTimelines != WithTimelines)
            return other.WithTimelines
                ? "it has times of plots, which this run does not note"
                : "it lacks the times of plots, which this run notes";
        if (other.WithServices != WithServices)
            return other.WithServices
                ? "it was compared with a baseline, which this run is not"
                : "it was not compared with a baseline, which this run is";
        if (other.WithTrend != WithTrend)
            return other.WithTrend
                ? "it has counts by day, which this run takes only with --by"
                : "it has no counts by day: save it again with --by";
        return null;
    }
}
