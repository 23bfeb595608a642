package io.github.awssecrets.adopter;

import org.springframework.data.jpa.repository.JpaRepository;

/**
 * The customers.
 */
interface CustomerRepository extends JpaRepository<Customer, Long> {

}
