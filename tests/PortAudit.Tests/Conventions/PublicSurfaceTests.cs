using System.Reflection;
using System.Runtime.CompilerServices;

namespace PortAudit.Tests.Conventions;

/// <summary>
/// The public surface of each library is a file that is read when it changes. <c>tools/refresh-goldens</c> writes it
/// anew.
/// </summary>
public sealed class PublicSurfaceTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Theory]
    [InlineData("PortAudit.Traffic", typeof(PortAudit.Traffic.Observation.TrafficObserver))]
    [InlineData("PortAudit.Audit", typeof(PortAudit.Audit.AuditReport))]
    [InlineData("PortAudit.Reports", null)]
    [InlineData("PortAudit.Live", typeof(PortAudit.Live.LiveCapture))]
    [InlineData("PortAudit.Store", typeof(PortAudit.Store.Stores))]
    public void The_public_surface_is_the_one_that_was_read(string library, Type? member)
    {
        var assembly = member?.Assembly ?? Assembly.Load(library);
        var surface = string.Concat(assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(LinesOf).Select(line => line + "\n"));

        Golden.Equal($"Conventions/PublicSurface/{library}.txt", surface);
    }

    private static IEnumerable<string> LinesOf(Type type)
    {
        yield return $"{type.FullName}{(type.IsEnum ? " = " + string.Join(", ", Enum.GetNames(type)) : "")}";
        if (type.IsEnum)
            yield break;
        foreach (var line in type.GetMembers(Declared).Where(IsWritten).Select(member => $"  {member}")
            .Order(StringComparer.Ordinal))
            yield return line;
    }

    /// <summary>True for a member that stands in the source, rather than one that the compiler adds to properties and
    /// records.</summary>
    private static bool IsWritten(MemberInfo member) => !member.Name.Contains('<', StringComparison.Ordinal)
        && member is not MethodInfo { IsSpecialName: true }
        && member is not Type
        && member.GetCustomAttribute<CompilerGeneratedAttribute>() is null;
}
