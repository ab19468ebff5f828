using PortAudit.Audit.Site;

namespace PortAudit.Tests.Catalog;

/// <summary>The starter sites of <c>rules/sites/</c> that a user copies.</summary>
public sealed class StarterSiteTests
{
    [Theory]
    [InlineData("lync-server-2013")]
    [InlineData("mobile-information-server-2001")]
    [InlineData("common")]
    [InlineData("internet-access")]
    [InlineData("industrial")]
    [InlineData("active-directory")]
    [InlineData("teams")]
    [InlineData("skype-for-business")]
    [InlineData("exchange-2016-2019")]
    [InlineData("windows-management")]
    [InlineData("sip-generic")]
    [InlineData("cisco-collaboration")]
    public void A_starter_site_is_sound_and_shows_every_switch_of_its_catalog_at_its_default(string catalog)
    {
        var load = SiteLoader.Load(Repository.PathOf("rules", "sites", $"{catalog}.yaml"), null);

        Assert.Empty(load.Diagnostics);
        var conditions = Assert.Single(load.Catalogs!.Files).Conditions;
        Assert.Equal(
            conditions.Select(condition => (condition.Id, condition.Default)).Order(),
            load.Site!.Conditions.Select(setting => (setting.Key, setting.Value)).Order());
    }

    [Theory]
    [InlineData("lync-server-2013")]
    [InlineData("mobile-information-server-2001")]
    [InlineData("common")]
    [InlineData("internet-access")]
    [InlineData("industrial")]
    [InlineData("active-directory")]
    [InlineData("teams")]
    [InlineData("skype-for-business")]
    [InlineData("exchange-2016-2019")]
    [InlineData("windows-management")]
    [InlineData("sip-generic")]
    [InlineData("cisco-collaboration")]
    public void A_starter_site_names_every_role_that_a_host_can_play(string catalog)
    {
        var path = Repository.PathOf("rules", "sites", $"{catalog}.yaml");
        var text = File.ReadAllText(path);
        var file = Assert.Single(SiteLoader.Load(path, null).Catalogs!.Files);
        var parents = file.Roles.SelectMany(role => new[] { role.IsA, role.PartOf }).ToHashSet();

        Assert.All(file.Roles.Where(role => !parents.Contains(role.Id)),
            role => Assert.Matches($@"roles: \[[^\]]*\b{role.Id}\b", text));
    }
}
