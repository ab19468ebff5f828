using PortAudit.Audit.Catalog;

namespace PortAudit.Tests.Catalog;

public sealed class RoleTreeTests
{
    private static readonly RoleTree Tree = TreeOf(
        new Role("server", "Server", [], null, null),
        new Role("front-end", "Front End", [], "server", null),
        new Role("front-end-cms", "Front End with the store", [], "front-end", null),
        new Role("edge", "Edge", [], null, null),
        new Role("edge-internal", "Edge, internal interface", [], null, "edge"));

    [Theory]
    [InlineData("front-end-cms", "front-end-cms", true)]
    [InlineData("front-end-cms", "front-end", true)]
    [InlineData("front-end-cms", "server", true)]
    [InlineData("server", "front-end", false)]
    [InlineData("edge", "server", false)]
    [InlineData("edge", "any", true)]
    [InlineData("internet", "any", true)]
    [InlineData("internet", "internet", true)]
    [InlineData("internet", "unknown-internal", false)]
    [InlineData("nobody", "server", false)]
    public void A_role_is_itself_and_what_isA_leads_to(string role, string ancestor, bool expected) =>
        Assert.Equal(expected, Tree.IsA(role, ancestor));

    [Fact]
    public void Being_part_of_a_role_is_not_being_it() => Assert.False(Tree.IsA("edge-internal", "edge"));

    [Fact]
    public void One_of_several_roles_suffices()
    {
        Assert.True(Tree.IsAny(["edge", "front-end-cms"], "server"));
        Assert.False(Tree.IsAny(["edge", "edge-internal"], "server"));
    }

    [Fact]
    public void A_cycle_ends()
    {
        var tree = TreeOf(new Role("a", "A", [], "b", null), new Role("b", "B", [], "a", null));

        Assert.True(tree.IsA("a", "b"));
        Assert.False(tree.IsA("a", "c"));
    }

    [Fact]
    public void The_first_catalog_names_a_role_that_two_define()
    {
        var tree = new RoleTree(new CatalogSet([FileOf(new Role("a", "First", [], null, null)),
            FileOf(new Role("a", "Second", [], null, null))], []));

        Assert.Equal("First", tree.Find("a")?.Title);
        Assert.Null(tree.Find("any"));
    }

    [Fact]
    public void Asking_allocates_nothing()
    {
        var tree = Tree;

        Assert.Equal(0, Allocation.Least(() => tree.IsA("front-end-cms", "server")));
    }

    private static RoleTree TreeOf(params Role[] roles) => new(new CatalogSet([FileOf(roles)], []));

    internal static CatalogFile FileOf(params Role[] roles) => new()
    {
        Id = "test",
        Title = "Test",
        File = "test.yaml",
        Sha256 = "",
        Roles = [.. roles],
        Rules = [],
        Conditions = [],
        Parameters = [],
    };
}
