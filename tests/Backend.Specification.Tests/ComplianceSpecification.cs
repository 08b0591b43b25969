using System.Reflection;

namespace Backend.Specification.Tests;

/// <summary>
/// That a backend's test project inherits every suite: what it cannot do is a line in <see cref="Waived"/> with its reason, and not an absence.
/// </summary>
public abstract class ComplianceSpecification
{
    /// <summary>The suites that the backend does not pass, by their generic type (<c>typeof(MoveSpecification&lt;&gt;)</c>), and why.</summary>
    protected virtual IReadOnlyDictionary<Type, string> Waived { get; } = new Dictionary<Type, string>();

    [Fact]
    public virtual void Every_suite_is_inherited()
    {
        var inherited = GetType().Assembly.GetTypes().Where(static type => type is { IsAbstract: false, IsPublic: true }).SelectMany(BaseTypes).ToHashSet();
        var missing = Suites().Where(suite => !inherited.Contains(suite) && !Waived.ContainsKey(suite)).Select(static suite => suite.Name);

        Assert.Empty(missing);
    }

    [Fact]
    public virtual void A_suite_is_waived_only_with_a_reason_and_only_while_it_is_not_inherited()
    {
        var inherited = GetType().Assembly.GetTypes().Where(static type => !type.IsAbstract).SelectMany(BaseTypes).ToHashSet();

        Assert.All(Waived, waived =>
        {
            Assert.Contains(waived.Key, Suites());
            Assert.False(string.IsNullOrWhiteSpace(waived.Value));
            Assert.DoesNotContain(waived.Key, inherited);
        });
    }

    [Fact]
    public virtual void There_are_suites_and_each_has_tests()
    {
        Assert.NotEmpty(Suites());
        Assert.All(Suites(), static suite => Assert.Contains(
            suite.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly),
            static method => method.IsVirtual && method.GetCustomAttributes().Any(static attribute => attribute is FactAttribute)));
    }

    static IEnumerable<Type> Suites() => typeof(ComplianceSpecification).Assembly.GetTypes()
        .Where(static type => type is { IsAbstract: true, IsGenericTypeDefinition: true } && type != typeof(BackendSpecification<>) && BaseTypes(type).Contains(typeof(BackendSpecification<>)));

    static IEnumerable<Type> BaseTypes(Type type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
            yield return current.IsGenericType ? current.GetGenericTypeDefinition() : current;
    }
}
